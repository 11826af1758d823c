// Tells on standard error which environment variables an addon reads: preloaded, it comes before the C library's getenv.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

char *getenv(const char *name) {
  char *(*next)(const char *) = (char *(*)(const char *))dlsym(RTLD_NEXT, "getenv");
  Dl_info caller;
  if (dladdr(__builtin_return_address(0), &caller) && strstr(caller.dli_fname, ".node")) fprintf(stderr, "%s\n", name);
  return next(name);
}
