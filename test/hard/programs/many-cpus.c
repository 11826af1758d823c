/* Shows as many CPUs as CPUS names. */
#define _GNU_SOURCE
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

int sched_getaffinity(pid_t pid, size_t size, cpu_set_t *set) {
  (void)pid;
  memset(set, 0, size);
  for (int cpu = 0; cpu < atoi(getenv("CPUS")); cpu++) CPU_SET_S(cpu, size, set);
  return 0;
}
