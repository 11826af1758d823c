import { App, Duration, Stack } from "aws-cdk-lib";
import { Architecture, Runtime, Tracing } from "aws-cdk-lib/aws-lambda";
import { NodejsFunction } from "aws-cdk-lib/aws-lambda-nodejs";

const app = new App();
const stack = new Stack(app, "PiFunctions");

for (const [id, architecture, cpu] of [
  ["X86", Architecture.X86_64, "x64"],
  ["Arm64", Architecture.ARM_64, "arm64"],
]) {
  new NodejsFunction(stack, id, {
    entry: "app.js",
    runtime: Runtime.NODEJS_24_X,
    architecture,
    memorySize: 128,
    timeout: Duration.minutes(1),
    tracing: Tracing.ACTIVE,
    bundling: {
      // The package stays out of the bundle; npm installs it next to it, for Lambda's platform.
      nodeModules: ["compute-pi-rs"],
      environment: { npm_config_os: "linux", npm_config_cpu: cpu, npm_config_libc: "glibc" },
    },
  });
}

app.synth();
