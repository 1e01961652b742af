"""tiny-debs.py PACKAGES FOLDER COUNT NAME... | PACKAGES FOLDER all: small .deb files with the fields of a Packages file.

Takes the named packages, all that they could need, and then others, until there are COUNT names, or else each package of
the file; each becomes a package of one small file, with its true name, version and relations.
"""

import io
import os
import re
import sys
import tarfile

FIELDS = (
    "Package Version Architecture Maintainer Section Depends Pre-Depends Recommends Conflicts Breaks Provides Replaces Description"
).split()


def paragraphs(path):
    fields = {}
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            if line == "\n":
                yield fields
                fields = {}
            elif line[0] != " " and ": " in line:
                name, value = line.rstrip("\n").split(": ", 1)
                fields[name] = value
    if fields:
        yield fields


def names(relations):
    return [re.split(r"[\s(:]", one.strip())[0] for one in re.split(r"[,|]", relations) if one.strip()]


def tar(files):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.GNU_FORMAT) as archive:
        for name, content in files:
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return out.getvalue()


def deb(path, fields):
    control = "".join(f"{name}: {fields[name]}\n" for name in FIELDS if name in fields).encode()
    name = fields["Package"]
    members = [
        ("debian-binary", b"2.0\n"),
        ("control.tar", tar([("./control", control)])),
        ("data.tar", tar([(f"./usr/share/doc/{name}/note", f"{name} {fields['Version']}\n".encode())])),
    ]
    with open(path, "wb") as out:
        out.write(b"!<arch>\n")
        for member, content in members:
            out.write(f"{member:<16}{0:<12}{0:<6}{0:<6}{'100644':<8}{len(content):<10}`\n".encode())
            out.write(content + b"\n" * (len(content) % 2))


def some(packages, count, roots):
    """The packages of so many names, the roots and what they could need first."""
    found, providers = {}, {}
    for fields in paragraphs(packages):
        if found.setdefault(fields["Package"], fields) is fields:
            for name in names(fields.get("Provides", "")):
                providers.setdefault(name, []).append(fields["Package"])
    taken, todo = {}, list(roots)
    rest = iter(sorted(found))
    while len(taken) < count:
        name = todo.pop(0) if todo else next(rest)
        for one in [name] + providers.get(name, []):
            if one in found and one not in taken and len(taken) < count:
                taken[one] = found[one]
                todo += names(found[one].get("Pre-Depends", "")) + names(found[one].get("Depends", ""))
    return taken.values()


def main(packages, folder, count, *roots):
    chosen = paragraphs(packages) if count == "all" else some(packages, int(count), roots)
    for number, fields in enumerate(chosen):
        batch = os.path.join(folder, str(number // 5000))
        os.makedirs(batch, exist_ok=True)
        deb(os.path.join(batch, f"{number}.deb"), fields)


if __name__ == "__main__":
    main(*sys.argv[1:])
