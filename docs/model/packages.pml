/*
 * Clients that add, root, resolve, use and remove; collectors; a killer; power cuts. README.md tells how to read and run it.
 * Each inline stands for the Java method that its comment names.
 */
#ifndef CLIENTS
#define CLIENTS 2
#endif
#ifndef COLLECTORS
#define COLLECTORS 2
#endif
#ifndef KILLS
#define KILLS 1
#endif

#include "pool.pml"

#ifdef RESTORED
bool damaged;                            /* the record cannot be read or parsed */
#define READABLE !damaged
#else
#define READABLE true
#endif

/* A kill is a rendezvous with whom it hits, in one step: who is dead takes no step until it starts anew, and nobody can tell
 * when that is. In a power cut each passes it on to the next. */
chan die[4] = [0] of { bool };           /* to process `me`; whether all die */
byte kills = KILLS;
#ifdef POWER
#define NEXT(me) ((me) + 1 < CLIENTS || (me) >= 2 -> (me) + 1 : 2)
inline passOn() { if :: all && me <= COLLECTORS -> all = false; die[NEXT(me)]!true :: else -> all = false fi }
#else
inline passOn() { skip }
#endif

/* ==== Recovery: the start of every command ========================================================================= */

/* DirectoryRecovery.run: what dead leases left in staging/ and trash/. */
inline recoverPool(me) {
    atomic { staging & ~living -> staging = staging & living }
}
#ifdef POWER
inline emptyTrash() {
#ifdef NO_TRASH_OWNER
    atomic { trash[0] || trash[1] -> eraseTrash(trash[0], 0); eraseTrash(trash[1], 1) }
#else
    trash[0] == DEAD + 1 || trash[1] == DEAD + 1 ->
#ifndef NO_SYNC_IN_RECOVERY
    syncAll();
#endif
    atomic { eraseTrash(DEAD + 1, 0); eraseTrash(DEAD + 1, 1) }
#endif
}
#endif

#ifdef NO_LEASES_LAST
#define DEAD_ONES(k) (preparing[k] | removing[k])
#else
#define DEAD_ONES(k) ((preparing[k] | removing[k]) & ~living)
#endif
#define EXISTS_DEAD  (DEAD_ONES(0) || DEAD_ONES(LAST))

/* Records.recover: undoes what the dead were preparing, finishes what they were removing. One record at a time here. */
inline recoverRecords(me, k, dead) {
#ifdef NO_LEASES_LAST
    dead = 255 - living;                                          /* wrong: a lease taken after this counts as dead */
#else
    EXISTS_DEAD -> dead = 255;                                    /* the records, then the leases: as good as at once */
#endif
    atomic {
        if
        :: DEAD_ONES(0) & dead -> k = 0
        :: DEAD_ONES(LAST) & dead -> k = LAST
        :: else -> k = KEYS; dead = 0
        fi;
        if :: k < KEYS -> dead = DEAD_ONES(k) & dead :: else fi
    };
    if :: k < KEYS -> finish(me, k, dead) :: else fi
}

/* Records.finish: holds first, record last. */
inline finish(me, k, dead) {
#ifndef NO_LOCK_IN_RECOVERY
    atomic {                                                      /* the owner's lock, without waiting; then look again */
        if
        :: owners[k] == 0 -> owners[k] = me + 1; dead = dead & (preparing[k] | removing[k])
        :: else -> dead = 0
        fi
    };
#endif
    if
    :: dead ->
#if defined(POWER) && !defined(NO_SYNC_BEFORE_FINISH)
        syncRecord(k);                                            /* whoever renamed it may have died before its fsync */
#endif
        release(k);
        atomic { preparing[k] = preparing[k] & ~dead; removing[k] = removing[k] & ~dead; audit() };
        syncRecord(k)
    :: else
    fi;
    unlockOwner(me, k)
}

/* ==== Records ====================================================================================================== */

/* StoreLocks.exclusive; in one step with what follows, as the pool's lock. */
#ifndef NO_OWNER_LOCK
#define LOCKED_OWNER     atomic
#define lockOwner(me, k) owners[k] == 0 -> owners[k] = me + 1
#else
#define LOCKED_OWNER
#define lockOwner(me, k) skip
#endif
inline unlockOwner(me, k) { atomic { if :: owners[k] == me + 1 -> owners[k] = 0 :: else fi } }

/* Records.create, under the owner's lock (Pins.add, ProfileResolver.resolve, Realization.make) */
inline create(me, k, ok) {
    LOCKED_OWNER {
        lockOwner(me, k);
        takeLease(me);
        ok = !EXISTS(k);                                          /* else a conflict: the user is told */
        if
#ifndef NO_PREPARING
        :: ok -> preparing[k] = preparing[k] | BIT(me)
#endif
        :: else
        fi
    };
#if defined(POWER) && !defined(NO_SYNC_OF_PREPARING)
    if :: ok -> syncRecord(k) :: else fi;
#endif
#ifdef NO_HOLD_BEFORE_READY
    if :: ok -> becomeReady(me, k); hold(me, k, ok) :: else fi;
#else
    if
    :: ok ->
        hold(me, k, ok);
        if
        :: ok -> becomeReady(me, k)
        :: else -> atomic { preparing[k] = preparing[k] & ~BIT(me); audit() }
        fi
    :: else
    fi;
#endif
    unlockOwner(me, k)
}

/* DurableFile.move(preparing, ready) */
inline becomeReady(me, k) {
    atomic {
#ifndef NO_PREPARING
        if :: preparing[k] & BIT(me) :: else -> assert(no_command_fails_through_others) fi;
#endif
        preparing[k] = preparing[k] & ~BIT(me);
        ready[k] = 1;
        audit()
    };
    syncRecord(k)
}

/* Records.remove, under the owner's lock (Pins.remove, Profiles.prune, EnvCleaning.destroy) */
inline remove(me, k, ok) {
    LOCKED_OWNER {
        lockOwner(me, k);
        takeLease(me);
        ok = ready[k];
        if
#ifndef NO_REMOVING
        :: ok -> atomic { ready[k] = 0; removing[k] = removing[k] | BIT(me); audit() }
#endif
        :: else
        fi
    };
    if
    :: ok ->
#if defined(POWER) && !defined(NO_SYNC_OF_REMOVING)
        syncRecord(k);
#endif
#ifndef NO_RELEASE_BEFORE_DELETE
        release(k);
#endif
        atomic { ready[k] = 0; removing[k] = removing[k] & ~BIT(me); audit() };
        syncRecord(k);
#ifdef NO_RELEASE_BEFORE_DELETE
        release(k)
#endif
    :: else
    fi;
    unlockOwner(me, k)
}

/* Records.repair: a ready record that lacks holds, as after a restore from a backup, gets them. */
inline repair(me, k, dead) {
#ifndef NO_REPAIR_LOCK
    if
    :: atomic { owners[k] == 0 -> owners[k] = me + 1; dead = ready[k] && UNHELD(k) }   /* look again under the lock */
    :: owners[k] != 0 -> goto give_up                             /* who has it is alive; the next collection looks again */
    fi;
#else
    dead = 1;
#endif
    if :: dead -> hold(me, k, dead) :: else fi;
    atomic { unlockOwner(me, k); dead = 0 }
}

/* ==== Clients ======================================================================================================= */

/* PackageAdder.add, DirectoryStaging.publish */
inline add(me, p, ok) {
#ifdef NO_LEASE_BEFORE_STAGING
    staging = staging | BIT(me);
    takeLease(me);
#else
    atomic { takeLease(me); staging = staging | BIT(me) };        /* Lease.stage; filled and sealed */
#endif
#if defined(POWER) && !defined(NO_SYNC_BEFORE_PUBLISH)
    syncAll();
#endif
    do
    ::  LOCKED_SHARED {
            lockShared(me);
            atomic {
                if :: staging & BIT(me) :: else -> assert(no_command_fails_through_others) fi;
#ifndef NO_NOTE_AT_PUBLISH
                noted[p] = noted[p] | BIT(me);                    /* DirectoryLease.note: ours from its first moment */
#endif
                if
                :: store[p] == ABSENT ->                          /* rename(2) replaces no folder that is not empty */
                    store[p] = WHOLE; used[p] = 0; ok = true;
                    staging = staging & ~BIT(me);
#if defined(POWER) && defined(NO_SYNC_BEFORE_PUBLISH)
                    fresh[p] = 1;
#endif
                    audit()
                :: else
                fi
            };
            unlockShared(me)
        };
        if
        :: ok ->
#if defined(POWER) && !defined(NO_SYNC_AFTER_PUBLISH)
            syncAll();
#endif
            break
        :: else ->                                                /* it exists: take that one; gone again: once more */
            protect(me, BIT(p), ok);
            if
            :: ok ->
                staging = staging & ~BIT(me);                     /* DirectoryStaging.close */
#if defined(POWER) && !defined(NO_SYNC_IF_PRESENT)
                syncAll();
#endif
                break
            :: else
            fi
        fi
    od;
    atomic {                                                      /* lease.open(name), the answer to the user */
        if :: store[p] == WHOLE :: else -> assert(no_command_fails_through_others) fi;
#ifdef POWER
        told[p] = 1;
#endif
        endLease(me); ok = false
    }
}

/* Environments.open, Realization.attempt: protects, then reads the files. */
inline use(me, mask, ok) {
#ifndef NO_LEASE_TO_READ
    protect(me, mask, ok);
#else
    ok = !MISSING(mask);
#endif
    if
    :: ok -> atomic { if :: MISSING(mask) -> assert(what_is_read_is_whole) :: else fi }
    :: else                                                       /* it was not there: the caller looks again, or is told */
    fi;
    atomic { endLease(me); ok = false }
}

/* Pins.add protects nothing first, ProfileResolver.record does. */
inline root(me, k, ok) {
    if
#ifdef RESOLVES
    :: protect(me, LISTS(k), ok); if :: ok -> create(me, k, ok) :: else fi
#endif
    :: create(me, k, ok)
    fi;
    atomic { endLease(me); ok = false }
}

inline unroot(me, k, ok) {
    remove(me, k, ok);
    atomic { endLease(me); ok = false }
}

#ifdef LIVENESS
byte commands;
#endif

proctype Client(byte me) {
    byte k, dead;
    bool ok, all;
again:
    {
        do
#ifdef LIVENESS
        :: atomic { commands < 2 -> commands++ };                 /* in the end the clients rest */
        if
#endif
#if !defined(LIVENESS) && !defined(RESTORED)
        :: recoverRecords(me, k, dead); atomic { k = 0; dead = 0 }  /* OpenStore.forWriting: the start of every command */
#endif
#if defined(ADDS) && !defined(LIVENESS)
        :: recoverPool(me)
#endif
#ifdef POWER
        :: emptyTrash()
#endif
#ifdef ADDS
        :: add(me, 0, ok)
#ifndef POWER
        :: add(me, 1, ok)
#endif
#endif
#ifdef ROOTS
        :: root(me, 0, ok)
        :: unroot(me, 0, ok)
#if KEYS > 1
        :: root(me, 1, ok)
        :: unroot(me, 1, ok)
#endif
#endif
#ifdef USES
        :: use(me, 1, ok)
        :: use(me, 3, ok)
#endif
#ifdef RESTORED
        :: damaged = false                                        /* somebody mends it */
#endif
#ifdef LIVENESS
        fi
#endif
        od
    } unless {
        atomic { die[me]?all -> k = 0; dead = 0; ok = false; passOn(); goto again }
    }
}

/* ==== Collectors: GarbageCollector.collect ============================================================================ */

proctype Collector(byte me) {
    byte k, dead;
    byte condemned, newlyDead, dates[2];
    bool grace, all;
again:
    {
        do
        ::
#ifndef NO_GC_LOCK
            atomic { gcLock == 0 -> gcLock = me + 1 };            /* GcLock.acquire */
#endif
            takeLease(me);
            do
#if defined(ADDS) && !defined(NO_STAGING_RECOVERY)
            :: recoverPool(me)
#endif
#ifdef POWER
            :: emptyTrash()
#endif
#ifndef NO_RECOVERY
            :: recoverRecords(me, k, dead)
#endif
#ifdef LIVENESS
            :: else -> break
#else
            :: break
#endif
            od;
            atomic { k = 0; dead = 0 };

            atomic {                                              /* Surveyor.read: packages, with their dates */
                condemned = (store[0] == WHOLE) | ((store[1] == WHOLE) << 1);
                dates[0] = since[0]; dates[1] = since[1]
            };
            atomic {                                              /* ... leases, then records in every state; Marking.reached */
                condemned = condemned & ~((HELD_BY_LEASE(0) != 0) | ((HELD_BY_LEASE(1) != 0) << 1))
            };
            atomic {
                if :: EXISTS(0) && READABLE -> condemned = condemned & ~LISTS(0) :: else fi;
                if :: EXISTS(LAST) && READABLE -> condemned = condemned & ~LISTS(LAST) :: else fi
            };
#ifdef RESTORED
#ifndef NO_FAIL_CLOSED
            if :: damaged && EXISTS(0) -> goto give_up :: else fi;   /* RecordScan: CORRUPT, and nothing is touched */
#endif
#ifndef NO_REPAIR
            if :: ready[0] && UNHELD(0) && READABLE -> repair(me, 0, dead) :: else fi;
#endif
#endif
            atomic {                                              /* Planner: with --grace 0 all that is dead goes */
#ifdef LIVENESS
                grace = true;
#else
                if :: grace = true :: grace = false fi;
#endif
                if
                :: grace ->                                       /* else what is marked, if enough time has passed */
                    newlyDead = condemned & ~((dates[0] != 0) | ((dates[1] != 0) << 1));
                    condemned = condemned & ~newlyDead
                :: else
                fi;
                if :: !(condemned & 1) -> dates[0] = 0 :: else fi;
                if :: !(condemned & 2) -> dates[1] = 0 :: else fi;
                if :: !condemned -> grace = false :: else fi
            };
            if :: newlyDead -> markDead(me, newlyDead); syncAll() :: else fi;
            if :: condemned -> destroyUnheld(me, condemned, dates[0], dates[1], grace) :: else fi;
#ifdef RESTORED
            atomic {
                if
                :: ready[0] && UNHELD(0) && !damaged && !owners[0] -> assert(ready_records_packages_are_held)
                :: else
                fi
            };
give_up:
#endif
            atomic {
                condemned = 0; newlyDead = 0; dates[0] = 0; dates[1] = 0; grace = false;
                endLease(me); if :: gcLock == me + 1 -> gcLock = 0 :: else fi
            }
        od
    } unless {
        atomic {
            die[me]?all -> k = 0; dead = 0;
            condemned = 0; newlyDead = 0; dates[0] = 0; dates[1] = 0; grace = false;
            passOn();
            goto again
        }
    }
}

/* ==== Crashes ======================================================================================================== */

#define AT_WORK(me) (((living | sharing | alone) & BIT(me)) || owners[0] == me + 1 || owners[LAST] == me + 1)

proctype Killer() {
    do
    :: atomic {
        kills > 0 && AT_WORK(0) -> kills--; kernelCleansUp(0); audit(); die[0]!false }
#if CLIENTS > 1
    :: atomic { kills > 0 && AT_WORK(1) -> kills--; kernelCleansUp(1); audit(); die[1]!false }
#endif
    :: atomic { kills > 0 && AT_WORK(2) -> kills--; kernelCleansUp(2); audit(); die[2]!false }
#if COLLECTORS > 1
    :: atomic { kills > 0 && AT_WORK(3) -> kills--; kernelCleansUp(3); audit(); die[3]!false }
#endif
    od
}

#ifdef POWER
/* Of each thing that was not synced, the disk has the old state or the new one. */
inline settle(p) {
    if
    :: store[p] = storeD[p]
    :: store[p] == WHOLE && fresh[p] -> store[p] = HALF
    :: store[p] != WHOLE || !fresh[p]
    fi;
    if :: tags[p] = tagsD[p] :: true fi;
    if :: store[p] == ABSENT -> tags[p] = 0 :: else fi;
    storeD[p] = store[p]; tagsD[p] = tags[p]; fresh[p] = 0; moved[p] = 0; noted[p] = 0;
    if :: told[p] && store[p] != WHOLE -> assert(what_was_added_is_durable) :: else fi
}
inline settleRecord(k) {
    if :: ready[k] = readyD[k]; preparing[k] = preparingD[k]; removing[k] = removingD[k] :: true fi;
    readyD[k] = ready[k]; preparingD[k] = preparing[k]; removingD[k] = removing[k]
}

byte cuts = 1;
proctype PowerCut() {
    atomic {
        cuts > 0 -> cuts--;
        kernelCleansUp(0); kernelCleansUp(1); kernelCleansUp(2); kernelCleansUp(3);
        settle(0); settle(1); settleRecord(0); settleRecord(LAST);
        audit(); die[0]!true
    }
}
#endif

init {
    atomic {
#ifdef FULL_STORE
        store[0] = WHOLE; store[1] = WHOLE;
#ifdef POWER
        storeD[0] = WHOLE; storeD[1] = WHOLE;
#endif
#endif
#ifdef RESTORED
        ready[0] = 1;                                             /* without its holds: a backup was restored */
        if :: damaged = true :: damaged = false fi;
#endif
        run Client(0);
#if CLIENTS > 1
        run Client(1);
#endif
        run Collector(2);
#if COLLECTORS > 1
        run Collector(3);
#endif
        run Killer();
#ifdef POWER
        run PowerCut();
#endif
    }
}

#ifdef LIVENESS
/* Once clients rest and nobody dies any more, every package is listed by a ready record, or gone and stays so. */
ltl what_is_dead_goes {
    <>[] ((ready[0] || (store[0] == ABSENT && store[1] == ABSENT)) && !preparing[0] && !removing[0] && staging == 0)
}
#endif
