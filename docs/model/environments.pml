/*
 * One generation of an environment: the dataset env/<name>/<n>, its record, and whoever makes, runs, removes, recovers and
 * collects it. Unlike a package, nothing holds it once its maker has let go: the record holds packages only. The pool's
 * lock is not split up here (packages.pml does that): a look with a deed under it is one atomic step.
 */
#define BIT(x)  (1 << (x))
#define MAKER   0
#define RUNNER  1
#define REMOVER 2
#define FIRST   3                        /* and 4: the two collectors */
#define CLEANER 5                        /* a command that starts: EnvCleaning.recover */

bool files;                              /* the dataset is there, sealed and whole */
byte since;                              /* its dead-since: the collector that wrote it, plus 1; stands for the date */
byte noted, living;                      /* the leases that list it; those that live */
bool preparing, ready, removing;         /* the record */
byte maker;                              /* whose lease the record in work is under, plus 1; 0: a dead one's */
byte envLock, gcLock;                    /* who has them, plus 1 */
byte killed, kills = 1;

#define HELD     (noted & living)
#define RECORDED (preparing || ready || removing)

bit a_ready_generation_has_its_files, what_is_read_is_whole;

inline audit() { if :: ready && !files -> assert(a_ready_generation_has_its_files) :: else fi }

inline endOf(me) {                       /* DirectoryLease.close, or the kernel after a kill */
    living = living & ~BIT(me); noted = noted & ~BIT(me);
    if :: maker == me + 1 -> maker = 0 :: else fi
}

/* Pool.destroyUnheld */
inline destroyUnheld(date) {
    atomic { if :: files && !HELD && since == date -> files = false; since = 0; audit() :: else fi }
}

/* Realization.make, under the environment's lock */
proctype Maker() {
    {
        atomic { envLock == 0 -> envLock = MAKER + 1; living = living | BIT(MAKER) };
        atomic { noted = noted | BIT(MAKER); files = true };            /* Staging.publish */
        atomic { preparing = true; maker = MAKER + 1 };                 /* Records.create; the holds are in packages.pml */
        atomic { preparing = false; ready = true; audit() };
        since = 0;                                                      /* own.open(dataset) clears the date */
        atomic { endOf(MAKER) };
        envLock = 0
    } unless { killed & BIT(MAKER) }
}

/* Environments.open: what EnvRunner runs in */
proctype Runner() {
    bool ok;
    {
        do
        :: RECORDED ->
#ifndef NO_LEASE_TO_RUN
            atomic {                                                    /* Lease.protect */
                ok = files;
                if :: ok -> living = living | BIT(RUNNER); noted = noted | BIT(RUNNER); since = 0 :: else fi
            };
#else
            ok = files;
#endif
            if :: ok -> atomic { if :: !files -> assert(what_is_read_is_whole) :: else fi } :: else fi;
            atomic { endOf(RUNNER); ok = false }
        od
    } unless { killed & BIT(RUNNER) }
}

/* EnvCleaning.destroy by way of Environments.remove or .prune, under the environment's lock */
proctype Remover() {
    byte date;
    {
        atomic { envLock == 0 && ready -> envLock = REMOVER + 1; living = living | BIT(REMOVER) };
#ifndef NO_RECORD_FIRST
        atomic { ready = false; removing = true; maker = REMOVER + 1 };
#endif
        date = since;                                                   /* Pool.find */
        destroyUnheld(date);
        atomic {
            if
            :: files -> removing = false; ready = true; maker = 0       /* somebody runs in it: it stays */
            :: else -> removing = false; ready = false; maker = 0
            fi;
            audit()
        };
        atomic { endOf(REMOVER); envLock = 0; date = 0 }
    } unless { killed & BIT(REMOVER) }
}

/* Records.recover: what the dead were preparing or removing */
inline recoverRecords() {
    atomic {
        if
        :: (preparing || removing) && !maker -> preparing = false; removing = false; audit()
        :: else
        fi
    }
}

/* EnvCleaning.recover: looks, takes the environment's lock without waiting, looks again */
proctype Cleaner() {
    byte date; bool orphan;
    do
#ifndef NO_ORPHAN_CLEANING
    ::  recoverRecords();
        files && !RECORDED -> orphan = true;
#ifndef NO_ENV_LOCK_IN_RECOVERY
        if :: atomic { envLock == 0 -> envLock = CLEANER + 1 } :: envLock != 0 -> goto busy fi;
#endif
#ifndef NO_SECOND_LOOK_IN_RECOVERY
        orphan = files && !RECORDED;
#endif
        date = since;                                                   /* Pool.find */
        if :: orphan -> destroyUnheld(date) :: else fi;
        atomic { if :: envLock == CLEANER + 1 -> envLock = 0 :: else fi };
busy:
        atomic { orphan = false; date = 0 }
#else
    :: recoverRecords()
#endif
    od
}

/* Surveyor, Planner, OrphanStep */
proctype Collector(byte me) {
    byte date; bool orphan;
again:
    {
        do
        ::
#ifndef NO_GC_LOCK
            atomic { gcLock == 0 -> gcLock = me + 1 };
#endif
            recoverRecords();
#ifndef HASTY_SURVEY
            orphan = files && !HELD;                                    /* Surveyor.read: datasets, leases */
#else
            orphan = files;                                             /* a lease that was not seen */
#endif
            if :: RECORDED -> orphan = false :: else fi;                /* ... records; Planner */
            date = since;
            if
#ifndef NO_ORPHAN_CLEANING
            :: orphan ->
#ifndef NO_ORPHAN_MARK
                atomic { if :: files && !HELD -> since = me + 1 :: else fi };       /* Pool.markDead */
#endif
#ifndef NO_SECOND_LOOK
                if :: RECORDED -> orphan = false; since = 0 :: else fi;             /* OrphanStep.sweep, .keep */
#endif
#ifndef NO_ORPHAN_MARK
                date = since;                                                       /* OrphanStep.condemn */
                if :: !date -> orphan = false :: else fi;
#endif
                if :: orphan -> destroyUnheld(date) :: else fi
#endif
            :: else
            fi;
            atomic { orphan = false; date = 0; if :: gcLock == me + 1 -> gcLock = 0 :: else fi }
        od
    } unless {
        atomic { killed & BIT(me) -> killed = killed & ~BIT(me); orphan = false; date = 0; goto again }
    }
}

proctype Killer() {
    byte who;
    atomic {
        kills > 0 -> kills--;
        if :: who = MAKER :: who = RUNNER :: who = REMOVER :: who = FIRST :: who = FIRST + 1 fi;
        killed = killed | BIT(who);
        endOf(who);
        if :: envLock == who + 1 -> envLock = 0 :: else fi;
        if :: gcLock == who + 1 -> gcLock = 0 :: else fi
    }
}

init {
    atomic {
        run Maker(); run Runner(); run Remover(); run Cleaner(); run Collector(FIRST); run Collector(FIRST + 1); run Killer()
    }
}

#ifdef LIVENESS
/* What a crash left of an environment goes at last. */
ltl orphans_go { <>[] (!files || ready) }
#endif
