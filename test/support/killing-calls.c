/*
 * Preloaded into a process, it counts the system calls that change files, and kills the process before the one with the
 * number KILL_AT (1 for the first). At its end the process writes their number into the file COUNT_INTO, if set. Writing
 * to anything but regular files does not count: what a runtime says to its own threads is no change.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static atomic_int calls;

static void count(void) {
  const char *at = getenv("KILL_AT");
  if (atomic_fetch_add(&calls, 1) + 1 == (at == NULL ? -1 : atoi(at))) kill(getpid(), SIGKILL);
}

__attribute__((destructor)) static void tell(void) {
  const char *path = getenv("COUNT_INTO");
  FILE *file = path == NULL ? NULL : fopen(path, "w");
  if (file == NULL) return;
  fprintf(file, "%d", atomic_load(&calls));
  fclose(file);
}

static void count_write(int fd) {
  struct stat stats;
  if (fstat(fd, &stats) == 0 && S_ISREG(stats.st_mode)) count();
}

#define PATH1(name, type, rest, ...)                     \
  int name(const char *path type) {                      \
    count();                                             \
    int (*next)(const char *type) = dlsym(RTLD_NEXT, #name); \
    return next(path rest);                              \
  }
#define NOTHING
#define COMMA_MODE , mode_t mode
#define COMMA_MODE_VALUE , mode
#define COMMA_TO , const char *to
#define COMMA_TO_VALUE , to
PATH1(unlink, NOTHING, NOTHING)
PATH1(rmdir, NOTHING, NOTHING)
PATH1(mkdir, COMMA_MODE, COMMA_MODE_VALUE)
PATH1(link, COMMA_TO, COMMA_TO_VALUE)
PATH1(rename, COMMA_TO, COMMA_TO_VALUE)

#define SYNC(name)                          \
  int name(int fd) {                        \
    count();                                \
    int (*next)(int) = dlsym(RTLD_NEXT, #name); \
    return next(fd);                        \
  }
SYNC(fsync)
SYNC(fdatasync)

#define OPEN(name)                                              \
  int name(const char *path, int flags, ...) {                  \
    va_list rest;                                               \
    va_start(rest, flags);                                      \
    mode_t mode = va_arg(rest, mode_t);                         \
    va_end(rest);                                               \
    if (flags & O_CREAT) count();                               \
    int (*next)(const char *, int, ...) = dlsym(RTLD_NEXT, #name); \
    return next(path, flags, mode);                             \
  }
OPEN(open)
OPEN(open64)

ssize_t write(int fd, const void *bytes, size_t length) {
  count_write(fd);
  ssize_t (*next)(int, const void *, size_t) = dlsym(RTLD_NEXT, "write");
  return next(fd, bytes, length);
}

ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t at) {
  count_write(fd);
  ssize_t (*next)(int, const void *, size_t, off64_t) = dlsym(RTLD_NEXT, "pwrite64");
  return next(fd, bytes, length, at);
}
