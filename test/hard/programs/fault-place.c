/* Says in which file the instruction is that touches what it must not, before the process ends of it. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <signal.h>
#include <string.h>
#include <ucontext.h>
#include <unistd.h>

static void say(const char *text) {
  if (write(STDERR_FILENO, text, strlen(text)) < 0) _exit(1);
}

static void tell(int number, siginfo_t *info, void *context) {
  (void)info;
#if defined(__x86_64__)
  void *place = (void *)((ucontext_t *)context)->uc_mcontext.gregs[REG_RIP];
#elif defined(__aarch64__)
  void *place = (void *)((ucontext_t *)context)->uc_mcontext.pc;
#else
  void *place = 0;
#endif
  Dl_info object;
  say("fault in ");
  say(place && dladdr(place, &object) ? object.dli_fname : "no file");
  say("\n");
  /* The handler is the system's again: it ends the process. */
  raise(number);
}

/* Node.js sets all signals back when it begins, and has a handler for the traps of WebAssembly, of which there are none here. */
int sigaction(int number, const struct sigaction *wanted, struct sigaction *before) {
  static int (*system_sigaction)(int, const struct sigaction *, struct sigaction *);
  if (!system_sigaction) *(void **)&system_sigaction = dlsym(RTLD_NEXT, "sigaction");
  if (number != SIGSEGV || !wanted) return system_sigaction(number, wanted, before);
  struct sigaction ours;
  memset(&ours, 0, sizeof ours);
  ours.sa_sigaction = tell;
  ours.sa_flags = SA_SIGINFO | SA_RESETHAND;
  return system_sigaction(number, &ours, before);
}
