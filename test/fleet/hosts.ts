import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";

import { run, runOrThrow } from "@compute-pi-rs/steps";

/** A machine of its own as far as the network goes: a network namespace with one link to a switch. */
export class Host {
  readonly #programs = new Set<Program>();

  constructor(
    readonly address: string,
    readonly namespace: string,
    private readonly port: string,
    private readonly hub: string,
  ) {}

  /** Starts a program on this host; its process is the program's. */
  start(command: string[], options: { cwd?: string; env?: NodeJS.ProcessEnv } = {}): Program {
    const child = spawn("ip", ["netns", "exec", this.namespace, ...command], {
      ...options,
      env: { ...process.env, ...options.env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const program = new Program(child);
    this.#programs.add(program);
    return program;
  }

  /** Cuts or mends the link to the switch. */
  async link(state: "up" | "down"): Promise<void> {
    await runOrThrow("ip", ["-n", this.hub, "link", "set", this.port, state]);
  }

  /** Ends what still runs here, and waits until it has: only then are its ports free. */
  async stop(): Promise<void> {
    const programs = [...this.#programs];
    this.#programs.clear();
    for (const program of programs) program.kill("SIGKILL");
    await Promise.all(programs.map(({ exit }) => exit));
  }
}

/** A process on a host, and what it has printed. */
export class Program {
  output = "";
  readonly exit: Promise<number | null>;
  #ended = false;

  constructor(readonly child: ChildProcess) {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => (this.output += text));
    }
    this.exit = once(child, "close").then(([code]) => {
      this.#ended = true;
      return code as number | null;
    });
  }

  kill(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** Waits until it has printed the pattern, more than `times` times. */
  async printed(pattern: RegExp, times = 0): Promise<RegExpExecArray> {
    for (;;) {
      const ended = this.#ended;
      const match = [...this.output.matchAll(new RegExp(pattern, `${pattern.flags}g`))][times];
      if (match) return match;
      if (ended) throw new Error(`ended without ${String(pattern)}:\n${this.output}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
}

/** Hosts on one switch that nothing else is connected to. */
export class Network {
  private constructor(
    private readonly hub: string,
    readonly hosts: Map<string, Host>,
  ) {}

  /** Why there can be no such network here. */
  static async problem(): Promise<string | undefined> {
    if (process.getuid?.() !== 0) return "network namespaces need root";
    const name = `pi${process.pid}-probe`;
    const added = await run("ip", ["netns", "add", name]);
    if (added.exitCode !== 0) return `ip netns add: ${added.stderr || "iproute2 is missing"}`;
    const bridge = await run("ip", ["-n", name, "link", "add", "hub", "type", "bridge"]);
    await run("ip", ["netns", "delete", name]);
    return bridge.exitCode === 0 ? undefined : `ip link add type bridge: ${bridge.stderr}`;
  }

  static async create(names: readonly string[]): Promise<Network> {
    const hub = `pi${process.pid}-hub`;
    const network = new Network(hub, new Map());
    try {
      await ip("netns", "add", hub);
      await ip("-n", hub, "link", "add", "hub", "type", "bridge");
      await ip("-n", hub, "link", "set", "hub", "up");
      for (const [index, name] of names.entries()) {
        const namespace = `pi${process.pid}-${name}`;
        const port = `port${index}`;
        const address = `10.0.0.${index + 1}`;
        await ip("netns", "add", namespace);
        network.hosts.set(name, new Host(address, namespace, port, hub));
        await ip("-n", hub, "link", "add", port, "type", "veth", "peer", "name", "eth0", "netns", namespace);
        await ip("-n", hub, "link", "set", port, "master", "hub", "up");
        await ip("-n", namespace, "address", "add", `${address}/24`, "dev", "eth0");
        for (const device of ["eth0", "lo"]) await ip("-n", namespace, "link", "set", device, "up");
      }
    } catch (error) {
      await network.remove();
      throw error;
    }
    return network;
  }

  host(name: string): Host {
    const host = this.hosts.get(name);
    if (host === undefined) throw new Error(`there is no host ${name}`);
    return host;
  }

  async remove(): Promise<void> {
    for (const host of this.hosts.values()) {
      await host.stop();
      await run("ip", ["netns", "delete", host.namespace]);
    }
    await run("ip", ["netns", "delete", this.hub]);
  }
}

async function ip(...args: string[]): Promise<void> {
  await runOrThrow("ip", args);
}
