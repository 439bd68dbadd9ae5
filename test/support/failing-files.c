/*
 * Preloaded into a process, it makes the system calls on some paths fail: those that begin with FAIL_BELOW, contain
 * FAIL_CONTAINS (if set), and of these every FAIL_EVERY-th by a hash of the path (default: all). FAIL_ERRNO is the
 * number of the error, FAIL_CALLS any of "open", "list" and "stat".
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>

static int is_failing(const char *call, const char *path) {
  const char *below = getenv("FAIL_BELOW");
  const char *contains = getenv("FAIL_CONTAINS");
  const char *calls = getenv("FAIL_CALLS");
  const char *every = getenv("FAIL_EVERY");
  if (path == NULL || below == NULL || strncmp(path, below, strlen(below)) != 0) return 0;
  if (calls == NULL || strstr(calls, call) == NULL) return 0;
  if (contains != NULL && strstr(path, contains) == NULL) return 0;
  unsigned hash = 5381;
  for (const char *c = path + strlen(below); *c != '\0'; c++) hash = hash * 33 + (unsigned char)*c;
  if (hash % (every == NULL ? 1 : atoi(every)) != 0) return 0;
  errno = atoi(getenv("FAIL_ERRNO"));
  return 1;
}

#define OPEN(name)                                              \
  int name(const char *path, int flags, ...) {                  \
    va_list rest;                                               \
    va_start(rest, flags);                                      \
    mode_t mode = va_arg(rest, mode_t);                         \
    va_end(rest);                                               \
    if (is_failing("open", path)) return -1;                    \
    int (*next)(const char *, int, ...) = dlsym(RTLD_NEXT, #name); \
    return next(path, flags, mode);                             \
  }
OPEN(open)
OPEN(open64)

typedef int (*filter)(const struct dirent *);
typedef int (*order)(const struct dirent **, const struct dirent **);

#define LIST(name)                                                                \
  int name(const char *path, struct dirent ***names, filter keep, order compare) { \
    if (is_failing("list", path)) return -1;                                      \
    int (*next)(const char *, struct dirent ***, filter, order) = dlsym(RTLD_NEXT, #name); \
    return next(path, names, keep, compare);                                      \
  }
LIST(scandir)

int scandir64(const char *path, struct dirent64 ***names, int (*keep)(const struct dirent64 *),
              int (*compare)(const struct dirent64 **, const struct dirent64 **)) {
  if (is_failing("list", path)) return -1;
  int (*next)(const char *, struct dirent64 ***, int (*)(const struct dirent64 *),
              int (*)(const struct dirent64 **, const struct dirent64 **)) = dlsym(RTLD_NEXT, "scandir64");
  return next(path, names, keep, compare);
}

/* Node reaches statx by its number, past the function of that name. */
long syscall(long number, ...) {
  va_list rest;
  va_start(rest, number);
  long a = va_arg(rest, long), b = va_arg(rest, long), c = va_arg(rest, long);
  long d = va_arg(rest, long), e = va_arg(rest, long), f = va_arg(rest, long);
  va_end(rest);
  if (number == SYS_statx && is_failing("stat", (const char *)b)) return -1;
  long (*next)(long, ...) = dlsym(RTLD_NEXT, "syscall");
  return next(number, a, b, c, d, e, f);
}
