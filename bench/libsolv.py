"""libsolv's part in bench/resolve.sh: libsolv.py load PACKAGES SOLV | solve SOLV PROBLEMS.

`load` reads a Packages file and writes libsolv's own format. `solve` reads that, and for each line of PROBLEMS, names
parted by spaces, prints a line: seconds and processor seconds in the solver alone, and how many packages were chosen
(-1: none can be). Recommended packages are left out, as for the others.
"""

import sys
import time

import solv


def pool():
    result = solv.Pool()
    result.setdisttype(solv.Pool.DISTTYPE_DEB)
    result.setarch("amd64")
    return result


def load(packages, target):
    universe = pool()
    repo = universe.add_repo("debian")
    if not repo.add_debpackages(solv.xfopen(packages)):
        sys.exit("libsolv could not read " + packages)
    handle = solv.xfopen(target, "w")
    repo.write(handle)
    handle.close()


def solve(source, problems):
    universe = pool()
    repo = universe.add_repo("debian")
    if not repo.add_solv(source):
        sys.exit("libsolv could not read " + source)
    universe.addfileprovides()
    universe.createwhatprovides()
    with open(problems, encoding="ascii") as lines:
        for line in lines:
            jobs = []
            for name in line.split():
                jobs += universe.select(name, solv.Selection.SELECTION_NAME).jobs(solv.Job.SOLVER_INSTALL)
            solver = universe.Solver()
            solver.set_flag(solv.Solver.SOLVER_FLAG_IGNORE_RECOMMENDED, 1)
            start, cpu = time.perf_counter(), time.process_time()
            failed = solver.solve(jobs)
            seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
            size = -1 if failed or not jobs else len(solver.transaction().newsolvables())
            print(f"{seconds:.6f} {cpu:.6f} {size}")


if __name__ == "__main__":
    {"load": load, "solve": solve}[sys.argv[1]](*sys.argv[2:])
