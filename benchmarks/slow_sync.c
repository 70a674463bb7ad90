/* Adds the time of a slow disk to every sync: loaded into a process with LD_PRELOAD (ld.so(8)). */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <time.h>

static int slowly(const char *name, int descriptor) {
    int (*sync)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
    int result = sync(descriptor);
    struct timespec left = {0, 5000000}; /* 5 ms, as eMMC takes */
    while (nanosleep(&left, &left) != 0) {
    }
    return result;
}

int fsync(int descriptor) { return slowly("fsync", descriptor); }

int fdatasync(int descriptor) { return slowly("fdatasync", descriptor); }
