/*
 * Preloaded into a process, it makes a folder a disk that does not tell upper from lower case, as FAT and most Macs'
 * are: below CASELESS_BELOW, a name that is not there is taken for one that differs from it in case alone.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <limits.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/syscall.h>
#include <unistd.h>

static int is_below(const char *path) {
  const char *below = getenv("CASELESS_BELOW");
  size_t length = below == NULL ? 0 : strlen(below);
  return path != NULL && length > 0 && strncmp(path, below, length) == 0 && path[length] == '/';
}

/* Appends the name as its folder lists it, exactly when it is there so. */
static void append_listed(char *found, const char *name) {
  char listed[NAME_MAX + 1];
  strcpy(listed, name);
  DIR *folder = opendir(found);
  for (struct dirent *entry; folder != NULL && (entry = readdir(folder)) != NULL;) {
    if (strcmp(entry->d_name, name) == 0) {
      strcpy(listed, name);
      break;
    }
    if (strcasecmp(entry->d_name, name) == 0) strcpy(listed, entry->d_name);
  }
  if (folder != NULL) closedir(folder);
  strcat(strcat(found, "/"), listed);
}

static const char *listed_path(const char *path, char *found) {
  if (!is_below(path) || strlen(path) >= PATH_MAX) return path;
  char rest[PATH_MAX], *state = NULL;
  const char *below = getenv("CASELESS_BELOW");
  strcpy(found, below);
  strcpy(rest, path + strlen(below));
  for (char *name = strtok_r(rest, "/", &state); name != NULL; name = strtok_r(NULL, "/", &state)) {
    append_listed(found, name);
  }
  return found;
}

#define OPEN(name)                                                  \
  int name(const char *path, int flags, ...) {                      \
    char found[PATH_MAX * 2];                                       \
    va_list rest;                                                   \
    va_start(rest, flags);                                          \
    mode_t mode = va_arg(rest, mode_t);                             \
    va_end(rest);                                                   \
    int (*next)(const char *, int, ...) = dlsym(RTLD_NEXT, #name);  \
    return next(listed_path(path, found), flags, mode);             \
  }
OPEN(open)
OPEN(open64)

#define SCAN(name, entry)                                                                      \
  int name(const char *path, struct entry ***names, int (*keep)(const struct entry *),         \
           int (*compare)(const struct entry **, const struct entry **)) {                     \
    char found[PATH_MAX * 2];                                                                  \
    int (*next)(const char *, struct entry ***, int (*)(const struct entry *),                 \
                int (*)(const struct entry **, const struct entry **)) = dlsym(RTLD_NEXT, #name); \
    return next(listed_path(path, found), names, keep, compare);                               \
  }
SCAN(scandir, dirent)
SCAN(scandir64, dirent64)

/* Linux gives such a path back as it was asked for. */
char *realpath(const char *path, char *resolved) {
  char found[PATH_MAX * 2];
  char *(*next)(const char *, char *) = dlsym(RTLD_NEXT, "realpath");
  char *real = next(listed_path(path, found), resolved);
  if (real == NULL || !is_below(path)) return real;
  if (resolved != NULL) return strcpy(resolved, path);
  free(real);
  return strdup(path);
}

/* Node reaches statx by its number, past the function of that name. */
long syscall(long number, ...) {
  char found[PATH_MAX * 2];
  va_list rest;
  va_start(rest, number);
  long a = va_arg(rest, long), b = va_arg(rest, long), c = va_arg(rest, long);
  long d = va_arg(rest, long), e = va_arg(rest, long), f = va_arg(rest, long);
  va_end(rest);
  if (number == SYS_statx) b = (long)listed_path((const char *)b, found);
  long (*next)(long, ...) = dlsym(RTLD_NEXT, "syscall");
  return next(number, a, b, c, d, e, f);
}
