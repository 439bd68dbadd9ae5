/*
 * Preloaded into a process, it makes storage slow: every open of a path that begins with SLOW_BELOW, and every read of
 * what was opened so, takes SLOW_MS milliseconds longer, as a round trip to a server does.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

#define DESCRIPTORS 65536
static volatile char is_slow[DESCRIPTORS];

static void wait_for_server(void) {
  const char *ms = getenv("SLOW_MS");
  if (ms != NULL && atoi(ms) > 0) usleep(atoi(ms) * 1000);
}

#define OPEN(name)                                                                     \
  int name(const char *path, int flags, ...) {                                         \
    va_list rest;                                                                      \
    va_start(rest, flags);                                                             \
    mode_t mode = va_arg(rest, mode_t);                                                \
    va_end(rest);                                                                      \
    const char *below = getenv("SLOW_BELOW");                                          \
    int slow = below != NULL && strncmp(path, below, strlen(below)) == 0; \
    if (slow) wait_for_server();                                                       \
    int (*next)(const char *, int, ...) = dlsym(RTLD_NEXT, #name);                     \
    int descriptor = next(path, flags, mode);                                          \
    if (descriptor >= 0 && descriptor < DESCRIPTORS) is_slow[descriptor] = slow;       \
    return descriptor;                                                                 \
  }
OPEN(open)
OPEN(open64)

int close(int descriptor) {
  if (descriptor >= 0 && descriptor < DESCRIPTORS) is_slow[descriptor] = 0;
  int (*next)(int) = dlsym(RTLD_NEXT, "close");
  return next(descriptor);
}

ssize_t read(int descriptor, void *bytes, size_t count) {
  if (descriptor >= 0 && descriptor < DESCRIPTORS && is_slow[descriptor]) wait_for_server();
  ssize_t (*next)(int, void *, size_t) = dlsym(RTLD_NEXT, "read");
  return next(descriptor, bytes, count);
}
