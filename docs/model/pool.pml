/*
 * The pool: two sealed packages, the pool's lock, leases, holds, dead-since, trash, and what of it all is on disk.
 * Included by packages.pml. Every atomic block is one step of the code: one system call, or a few that nobody else can
 * tell apart. A process may be killed, and the power may go, between any two of them.
 *
 * Left out on purpose (README.md says why): real dates, the content of documents, names of generations.
 */

#define BIT(x)   (1 << (x))
#define DEAD     4                       /* owner of what a dead process left; as a bit: BIT(DEAD) */
#define EACH     3                       /* the mask of both packages */

#define ABSENT   0
#define WHOLE    1
#define HALF     2                       /* files are missing: must never be seen below store/ */

/* ---- Packages. DatasetFolder, DirectoryPool ------------------------------------------------------------------- */
byte store[2];                           /* what is under the final name */
byte tags[2];                            /* .pool/holds: a mask of records */
byte noted[2];                           /* the leases that list it: a mask of processes. Counts while the lease lives */
byte since[2];                           /* .pool/dead-since: DATE(collector), 0: none */
byte staging;                            /* staging/: a mask of the leases that have one */

/* ---- Leases. LeaseFiles, DirectoryLease ----------------------------------------------------------------------- */
byte living;                             /* the leases whose file is locked: a mask of processes */
#ifdef NO_DEATH_OF_LEASES
#define HELD_BY_LEASE(p)  noted[p]
#else
#define HELD_BY_LEASE(p)  (noted[p] & living)
#endif
#define HELD(p)           (tags[p] || HELD_BY_LEASE(p))

/* ---- The pool's lock, .pool/lock. DirectoryPool.lock ---------------------------------------------------------- */
byte sharing, alone;                     /* masks of processes */

/* ---- Records: preparing -> ready -> removing. The state is in the file's name, and so is the lease --------------- */
#ifndef KEYS
#define KEYS 2
#endif
bit  ready[KEYS];                        /* <key> */
byte preparing[KEYS];                    /* <key>.preparing.<lease>: a mask of leases, dead ones as DEAD */
byte removing[KEYS];                     /* <key>.removing.<lease> */
byte owners[KEYS];                       /* state/locks/<kind>-<name>.lock: the process that has it plus 1 */
#define LAST (KEYS - 1)
#define LISTS(k)          ((k) == 0 -> 3 : 2)     /* what a record lists: 0 lists both packages, 1 the second */
#define EXISTS(k)         (ready[k] || preparing[k] || removing[k])

byte gcLock;                             /* state/locks/gc.lock: the collector that has it plus 1 */

/* ---- The disk: what is there after a power cut. Posix.sync, SyncGroup ------------------------------------------- */
#ifdef POWER
byte trash[2];                           /* trash/: the lease it belongs to plus 1, 0: empty */
byte storeD[2];
bit  fresh[2];                           /* published, and its content has never been synced */
bit  moved[2];                           /* renamed out of the store, and the rename has never been synced */
byte tagsD[2];
bit  readyD[KEYS];
byte preparingD[KEYS], removingD[KEYS];
#endif

/* ---- Ghosts: what only the assertions read ------------------------------------------------------------------------ */
bit  used[2];                            /* it carries dead-since, and somebody used it after that date */
#ifdef POWER
bit  told[2];                            /* an add was told that it is there, and nobody destroyed it since */
#endif

/* The names that a violation is reported by; all are false. */
bit nothing_half_there, ready_records_packages_exist, ready_records_packages_are_held, no_hold_outlives_its_record;
bit grace_counts_from_last_use, what_is_read_is_whole, no_command_fails_through_others, what_was_added_is_durable;

/* ---- The invariants. Checked in the same step as whatever changes one of these things ---------------------------- */
#define LACKS(k)    ((LISTS(k) & 1 && store[0] != WHOLE) || (LISTS(k) & 2 && store[1] != WHOLE))
#define UNHELD(k)   ((LISTS(k) & 1 && !(tags[0] & BIT(k))) || (LISTS(k) & 2 && !(tags[1] & BIT(k))))
#define ORPHANED(k) (((tags[0] | tags[1]) & BIT(k)) && !EXISTS(k))

inline audit() {
    if :: store[0] == HALF || store[1] == HALF -> assert(nothing_half_there) :: else fi;
    if :: (ready[0] && LACKS(0)) || (ready[LAST] && LACKS(LAST)) -> assert(ready_records_packages_exist) :: else fi;
#ifndef RESTORED
    if :: (ready[0] && UNHELD(0)) || (ready[LAST] && UNHELD(LAST)) -> assert(ready_records_packages_are_held) :: else fi;
#endif
    if :: ORPHANED(0) || ORPHANED(LAST) -> assert(no_hold_outlives_its_record) :: else fi
}

/* SyncGroup.sync: syncfs(2) makes everything durable that was written before it. */
inline syncAll() {
#ifdef POWER
    d_step {
        storeD[0] = store[0]; fresh[0] = 0; moved[0] = 0; tagsD[0] = tags[0];
        storeD[1] = store[1]; fresh[1] = 0; moved[1] = 0; tagsD[1] = tags[1];
        readyD[0] = ready[0]; preparingD[0] = preparing[0]; removingD[0] = removing[0];
        readyD[LAST] = ready[LAST]; preparingD[LAST] = preparing[LAST]; removingD[LAST] = removing[LAST]
    }
#else
    skip
#endif
}

/* DurableFile.move, .write, .delete: fsync of the record's folder. */
inline syncRecord(k) {
#ifdef POWER
    d_step { readyD[k] = ready[k]; preparingD[k] = preparing[k]; removingD[k] = removing[k] }
#else
    skip
#endif
}

/* ---- DirectoryPool.lock: shared by who holds, alone for who destroys or marks -------------------------------------
 * Taking a lock is put into one step with what follows, giving it back with what went before: nobody else can tell.
 * Without the lock, each look and each deed is a step of its own. */
#ifndef NO_SHARED_LOCK
#define LOCKED_SHARED    atomic
#define lockShared(me)   !alone -> sharing = sharing | BIT(me)
#define unlockShared(me) sharing = sharing & ~BIT(me)
#else
#define LOCKED_SHARED
#define lockShared(me)   skip
#define unlockShared(me) skip
#endif
#ifndef NO_EXCLUSIVE_LOCK
#define LOCKED_ALONE     atomic
#define lockAlone(me)    !alone && !sharing -> alone = BIT(me)
#define unlockAlone(me)  alone = alone & ~BIT(me)
#else
#define LOCKED_ALONE
#define lockAlone(me)    skip
#define unlockAlone(me)  skip
#endif

/* ---- DirectoryPool.lease: a new locked file, empty; in one step with the first thing that it is for ---------------------------------------------------------------- */
inline takeLease(me) { living = living | BIT(me) }

/* DirectoryLease.close, and what the kernel does for a dead process. What had the lease in its name is a dead one's. */
inline endLease(me) {
    living = living & ~BIT(me);
#ifndef NO_DEATH_OF_LEASES
    noted[0] = noted[0] & ~BIT(me); noted[1] = noted[1] & ~BIT(me);
#endif
    disown(preparing[0], me); disown(removing[0], me); disown(preparing[LAST], me); disown(removing[LAST], me);
    disown(staging, me);
#ifdef POWER
    if :: trash[0] == me + 1 -> trash[0] = DEAD + 1 :: else fi;
    if :: trash[1] == me + 1 -> trash[1] = DEAD + 1 :: else fi;
    disown(preparingD[0], me); disown(removingD[0], me); disown(preparingD[LAST], me); disown(removingD[LAST], me)
#endif
}
inline disown(names, me) {
    if :: names & BIT(me) -> names = (names & ~BIT(me)) | BIT(DEAD) :: else fi
}

/* kill -9: the kernel gives back the process's locks and its lease, at once. */
inline kernelCleansUp(me) {
    sharing = sharing & ~BIT(me); alone = alone & ~BIT(me);
    if :: owners[0] == me + 1 -> owners[0] = 0 :: else fi;
    if :: owners[LAST] == me + 1 -> owners[LAST] = 0 :: else fi;
    if :: gcLock == me + 1 -> gcLock = 0 :: else fi;
    endLease(me)
}

/* ---- DirectoryLease.protect: all of these packages or none; `ok` says which. The lease is a new one. ----------------- */
#define MISSING(mask) ((mask & 1 && store[0] != WHOLE) || (mask & 2 && store[1] != WHOLE))

inline protect(me, mask, ok) {
    LOCKED_SHARED {
        lockShared(me);
        takeLease(me);
        ok = !MISSING(mask);                                                        /* DirectoryPool.requireSealed */
        if
        :: ok ->
            noted[0] = noted[0] | ((mask & 1) << me);                                /* LeaseFiles.append */
            noted[1] = noted[1] | ((mask >> 1) << me)
        :: else -> unlockShared(me)
        fi
    };
    if
    :: ok -> atomic {
#ifndef NO_CLEAR_ON_PROTECT
        if :: mask & 1 -> since[0] = 0 :: else fi;                                   /* DatasetFolder.clearDead */
        if :: mask & 2 -> since[1] = 0 :: else fi;
#endif
        used[0] = since[0] && (used[0] || mask & 1); used[1] = since[1] && (used[1] || mask & 2);
        unlockShared(me) }
    :: else
    fi
}

/* ---- DirectoryPool.hold: all or none, one hold after another, then one sync -------------------------------------------- */
inline hold(me, k, ok) {
    LOCKED_SHARED {
        lockShared(me);
#ifndef NO_ALL_OR_NONE
        ok = !MISSING(LISTS(k));                                                    /* requireSealed looks at all first */
#else
        ok = true;
#endif
        if
        :: ok && LISTS(k) & 1 -> addHold(0, k, ok)
        :: ok && !(LISTS(k) & 1)
        :: !ok -> unlockShared(me)
        fi
    };
    if
    :: ok -> atomic { addHold(1, k, ok); unlockShared(me) }
    :: else
    fi;
#if defined(POWER) && !defined(NO_SYNC_AFTER_HOLD)
    if :: ok -> syncAll() :: else fi
#endif
}

inline addHold(p, k, ok) {
    atomic {
        if
        :: store[p] == WHOLE ->
            tags[p] = tags[p] | BIT(k);
#ifndef NO_CLEAR_ON_HOLD
            since[p] = 0;
#endif
            used[p] = since[p] != 0;
            audit()
        :: else -> ok = false                                                       /* the folder is gone */
        fi
    }
}

/* DirectoryPool.release: no lock; whoever still destroys looks at the holds under the pool's. */
inline release(k) {
    if :: tags[0] & BIT(k) -> atomic { tags[0] = tags[0] & ~BIT(k); audit() } :: else fi;
    if :: tags[1] & BIT(k) -> atomic { tags[1] = tags[1] & ~BIT(k); audit() } :: else fi;
#if defined(POWER) && !defined(NO_SYNC_AFTER_RELEASE)
    syncAll()
#endif
}

/* With one collection at a time, a date that changed is a date that was cleared: one bit is enough. */
#ifdef NO_GC_LOCK
#define DATE(me) (me + 1)
#else
#define DATE(me) 1
#endif

/* ---- DirectoryPool.markDead: only what nobody holds in that moment ------------------------------------------------------ */
inline markDead(me, mask) {
    LOCKED_ALONE {
        lockAlone(me);
        markOne(me, 0, mask);
        markOne(me, 1, mask);
        unlockAlone(me)
    }
}

#ifdef NO_UNHELD_TO_MARK
#define TO_MARK(p) true
#else
#define TO_MARK(p) !HELD(p)
#endif

inline markOne(me, p, mask) {
    if
    :: mask & BIT(p) && store[p] == WHOLE && TO_MARK(p) -> since[p] = DATE(me); used[p] = (HELD(p) -> 1 : 0)
    :: else
    fi
}

#ifdef POWER
#define EMPTY_TRASH(p) (trash[p] == 0)                                               /* the model's: one place each */

/* TreeRemoval.delete. What is erased while the name may come back is half there after a power cut. */
inline eraseTrash(owner, p) {
    if
    :: trash[p] && trash[p] == owner ->
        trash[p] = 0;
        if :: moved[p] && storeD[p] == WHOLE -> storeD[p] = HALF :: else fi
    :: else
    fi
}
#else
#define EMPTY_TRASH(p) true                                                          /* what is in the trash matters to nobody */
#endif

/* ---- DirectorySweep.run: look and rename under the lock alone, sync, erase ----------------------------------------------- */
inline destroyUnheld(me, mask, dates0, dates1, grace) {
    LOCKED_ALONE { lockAlone(me); takeOut(me, 0, mask, dates0, grace) };
    LOCKED_ALONE { takeOut(me, 1, mask, dates1, grace); unlockAlone(me) };
#ifdef POWER
#ifndef NO_SYNC_BEFORE_ERASE
    syncAll();
#endif
    atomic { eraseTrash(me + 1, 0); eraseTrash(me + 1, 1) }
#endif
}

#ifdef NO_LOOK_AT_HOLDS
#define UNUSED(p) true
#else
#define UNUSED(p) !HELD(p)
#endif
#ifdef NO_LOOK_AT_DATE
#define UNCHANGED(p, date) true
#else
#define UNCHANGED(p, date) (since[p] == date)
#endif

/* DirectorySweep.take: keep, then discard. */
inline takeOut(me, p, mask, date, grace) {
    if
    :: mask & BIT(p) && store[p] && EMPTY_TRASH(p) && UNUSED(p) && UNCHANGED(p, date) ->
        atomic {
            if
            :: store[p] ->
                if :: grace && (used[p] || !since[p]) -> assert(grace_counts_from_last_use) :: else fi;
                store[p] = ABSENT; tags[p] = 0; since[p] = 0; used[p] = 0;
#ifdef POWER
                trash[p] = me + 1; moved[p] = 1; told[p] = 0;
#endif
                audit()
            :: else
            fi
        }
    :: else
    fi
}
