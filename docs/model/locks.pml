/*
 * Lock files and lease files on a real file system: a name, the inode behind it, and flock(2) on the inode. FileLock keeps
 * its file for ever. LeaseFiles.create may meet LeaseFiles.reap, which takes the file that is not locked yet for a dead one's.
 */
#define INODES 5
byte name[2];                            /* what the name leads to; 0: no such file. [0]: a lock file, [1]: a lease's */
byte next = 1;
bool locked[INODES];
byte inside;                             /* how many believe that they have the lock */
bit one_at_a_time, a_living_lease_counts;

inline openOrCreate(which, inode) {
    atomic { if :: name[which] == 0 && next < INODES -> name[which] = next; next++ :: else fi; inode = name[which] };
    inode != 0
}

/* FileLock.exclusive and .close, as GcLock and StoreLocks use it */
proctype Worker() {
    byte inode;
    openOrCreate(0, inode);
    atomic { !locked[inode] -> locked[inode] = true };                  /* waits, or fails and comes again */
    atomic { inside++; if :: inside > 1 -> assert(one_at_a_time) :: else fi };
    inside--;
#ifdef NO_KEEPING_OF_LOCK_FILES
    name[0] = 0;                                                        /* unlink, while it is held */
#endif
    locked[inode] = false
}

/* LeaseFiles.create */
proctype Owner() {
    byte inode;
again:
    openOrCreate(1, inode);
    atomic { !locked[inode] -> locked[inode] = true };
#ifndef NO_LOOK_AFTER_LOCK
    if :: name[1] == 0 -> locked[inode] = false; goto again :: else fi; /* reaped between our open and our lock */
#endif
    /* From here on the lease must count for whoever asks by its name: LeaseFiles.isAlive. */
    atomic { if :: name[1] != inode -> assert(a_living_lease_counts) :: else fi };
    atomic { if :: name[1] != inode -> assert(a_living_lease_counts) :: else fi };
    atomic { name[1] = 0; locked[inode] = false }                       /* DirectoryLease.close */
}

/* LeaseFiles.reap */
proctype Reaper() {
    byte inode;
    atomic { name[1] != 0 -> inode = name[1] };
#ifndef NO_LOCK_TO_REAP
    if
    :: atomic { !locked[inode] -> locked[inode] = true }
    :: atomic { locked[inode] -> goto alive }
    fi;
#endif
    if :: name[1] == inode -> name[1] = 0 :: else fi;
#ifndef NO_LOCK_TO_REAP
    locked[inode] = false;
#endif
alive:
    skip
}

init { atomic { run Worker(); run Worker(); run Worker(); run Owner(); run Reaper(); run Reaper() } }
