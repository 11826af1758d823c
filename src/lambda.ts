/** The bytes that the Lambda function may use, in which this runs: its environment alone tells that. */
export function lambdaMemory(): number | undefined {
  const megabytes = Number(process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE);
  return megabytes > 0 ? megabytes * 2 ** 20 : undefined;
}
