/** Whether a bar that is drawn again and again helps who reads this stream: logs and plain terminals keep every line of it. */
export function canRedraw(stream: NodeJS.WriteStream, environment: NodeJS.ProcessEnv): boolean {
  const inContinuousIntegration = !["", "0", "false"].includes(environment.CI ?? "");
  return stream.isTTY && environment.TERM !== "dumb" && !inContinuousIntegration;
}
