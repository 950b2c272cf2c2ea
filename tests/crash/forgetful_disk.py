"""A disk that forgets what was not synced: from what record_calls wrote down, the disks that a power cut may leave.

Two file systems are known:

ext4   data=ordered, the usual one. Names and sizes are journaled in their order: a cut leaves those of some moment at
       or behind the last commit. A sync of something that is new or has grown commits. Data that was not synced is lost
       or there by pages of 4,096 octets, in any order, what lies in new pages no later than the size that covers it.
posix  as little as fsync(2) promises. Every name is lost or there by itself until its own folder is synced, data by
       sectors of 512 octets, whatever the size. Only a rename is whole, and a page of a file in `paged`.

`torn`: a page that was on its way to the disk may be cut at a sector on ext4 as well, also of such a file.
"""
import bisect
import os
import pathlib

PAGE, SECTOR = 4096, 512
STYLES = ("mixed", "mixed", "mixed", "names only", "data only", "nothing", "nearly all")
KEEP = {"names only": (1.0, 0.0), "data only": (0.0, 1.0), "nothing": (0.0, 0.0), "nearly all": (0.9, 0.9)}


class File:
    """A file or a folder: what is on the disk for certain, and what was done since."""

    def __init__(self, mode, is_folder=False, content=b""):
        self.mode = mode
        self.is_folder = is_folder
        self.unit = PAGE         # what reaches the disk at once
        self.safe = content  # bytes; of a folder {name: File}
        self.later = []      # (moment, offset, bytes) written, or (moment, size, None) cut
        self.is_changed = False  # its existence, size or place is not in the journal yet
        self.places = set() if is_folder else {at // PAGE for at in range(0, len(content), PAGE)
                                               if any(content[at:at + PAGE])}  # the pages that have one

    def sizes(self):
        """After each of the first 0, 1 ... later writes."""
        sizes = [len(self.safe)]
        for _, at, data in self.later:
            sizes.append(at if data is None else max(sizes[-1], at + len(data)))
        return sizes

    def blocks(self, unit):
        """Numbers of the blocks that are not on the disk for certain."""
        numbers = set()
        sizes = self.sizes()
        for i, (_, at, data) in enumerate(self.later):
            end = max(at, sizes[i]) if data is None else at + len(data)
            start = min(at, sizes[i])  # what a hole reads as has to be known, too
            numbers.update(range(start // unit, (max(end, start + 1) - 1) // unit + 1))
        return sorted(numbers)

    def block(self, unit, number, version):
        """A block after the first `version` later writes, zeros behind the end."""
        start = number * unit
        octets = bytearray(self.safe[start:start + unit].ljust(unit, b"\0"))
        for _, at, data in self.later[:version]:
            if data is None:
                if at < start + unit:
                    octets[max(at - start, 0):] = bytes(unit - max(at - start, 0))
                continue
            low, high = max(at, start), min(at + len(data), start + unit)
            if low < high:
                octets[low - start:high - start] = data[low - at:high - at]
        return bytes(octets)

    def content(self, version):
        octets = bytearray(self.safe)
        for _, at, data in self.later[:version]:
            if data is None:
                octets[at:] = b""
                octets.extend(bytes(at - len(octets)))
            else:
                octets.extend(bytes(max(at - len(octets), 0)))
                octets[at:at + len(data)] = data
        return bytes(octets)

    def settle(self, version):
        self.safe = self.content(version)
        del self.later[:version]


class Change:
    """What one call did to names: all of it or nothing survives."""

    def __init__(self, moment, entries):
        self.moment = moment
        self.entries = entries  # [folder, name, File or None]


def inodes_in(folder):
    """Of everything below a folder, by its path."""
    return {str(path.relative_to(folder)): os.lstat(path).st_ino for path in [folder, *folder.rglob("*")]}


class Disk:
    """`folder`, and then what was done to it call by call, where its files had these inodes."""

    def __init__(self, folder, inodes, is_ext4, paged=()):
        self.is_ext4 = is_ext4
        self.paged = paged
        self.folder = folder
        self.inodes = inodes
        self.moment = 0
        self.files = {}    # inode: File
        self.changes = []  # of names, not on the disk for certain
        self.root = self._take_in(folder)
        self.names = {file: dict(file.safe) for file in self.files.values() if file.is_folder}  # as programs see them

    def _take_in(self, path):
        status = os.lstat(path)
        if path.is_dir():
            file = File(status.st_mode & 0o7777, True, {each.name: self._take_in(each) for each in path.iterdir()})
        else:
            file = File(status.st_mode & 0o7777, False, path.read_bytes())
            file.unit = PAGE if self.is_ext4 or path.name in self.paged else SECTOR
        self.files[self.inodes[str(path.relative_to(self.folder))]] = file
        return file

    # -- what a program did ----------------------------------------------------------------------------------------

    def do(self, line):
        self.moment += 1
        word, *parts = line.split("\t")
        getattr(self, "_" + word)(*parts)

    def _find(self, path):
        *folders, name = path.split("/")
        folder = self.root
        for each in folders:
            folder = self.names[folder][each]
        return folder, name

    def _name(self, *entries):
        for folder, name, file in entries:
            if file is None:
                self.names[folder].pop(name, None)
            else:
                self.names[folder][name] = file
        self.changes.append(Change(self.moment, [list(entry) for entry in entries]))

    def _make(self, inode, mode, path, is_folder):
        file = File(int(mode, 8), is_folder, {} if is_folder else b"")
        file.is_changed = True
        file.unit = PAGE if self.is_ext4 else SECTOR
        self.files[int(inode)] = file
        if is_folder:
            self.names[file] = {}
        self._name((*self._find(path), file))

    def _create(self, inode, mode, path):
        self._make(inode, mode, path, False)

    def _mkdir(self, inode, mode, path):
        self._make(inode, mode, path, True)

    def _write(self, inode, at, digits):
        file, at, data = self.files[int(inode)], int(at), bytes.fromhex(digits)
        pages = set(range(at // PAGE, (at + max(len(data), 1) - 1) // PAGE + 1))
        file.is_changed |= at + len(data) > file.sizes()[-1] or not pages <= file.places
        file.places |= pages
        file.later.append((self.moment, at, data))

    def _truncate(self, inode, size):
        file = self.files[int(inode)]
        file.later.append((self.moment, int(size), None))
        file.is_changed = True

    def _rename(self, source, target):
        (from_folder, from_name), (to_folder, to_name) = self._find(source), self._find(target)
        file = self.names[from_folder][from_name]
        self._name((from_folder, from_name, None), (to_folder, to_name, file))

    def _link(self, source, target):
        folder, name = self._find(source)
        self._name((*self._find(target), self.names[folder][name]))

    def _unlink(self, path):
        self._name((*self._find(path), None))

    _rmdir = _unlink

    def _exit(self, status):
        pass

    def _sync(self, inode):
        file = self.files[int(inode)]
        if not file.is_folder:
            file.settle(len(file.later))
        if not self.is_ext4:
            self._make_sure([change for change in self.changes if any(entry[0] is file for entry in change.entries)])
        elif file.is_changed or any(entry[0] is file for change in self.changes for entry in change.entries):
            self._make_sure(list(self.changes))
            for each in self.files.values():
                each.is_changed = False
                cuts = [i for i, (_, _, data) in enumerate(each.later) if data is None]
                if cuts:
                    each.settle(cuts[-1] + 1)

    def _make_sure(self, changes):
        for change in changes:
            for folder, name, file in change.entries:
                apply_name(folder.safe, name, file)
                # What happened to the same name before is of no consequence any more.
                for earlier in self.changes[:self.changes.index(change)]:
                    earlier.entries = [entry for entry in earlier.entries if entry[0] is not folder or entry[1] != name]
            self.changes.remove(change)

    # -- what a cut leaves -----------------------------------------------------------------------------------------

    def leave(self, folder, random, torn):
        """Writes one of the disks that a power cut at this moment may leave into `folder`."""
        style = random.choice(STYLES)
        keep_name, keep_data = KEEP.get(style, (random.random(), random.random()))
        kept, journal_end = self._choose_changes(random, keep_name)
        names = {}
        for change in kept:
            for where, name, file in change.entries:
                apply_name(names.setdefault(where, dict(where.safe)), name, file)
        self._write_folder(self.root, pathlib.Path(folder), names,
                           lambda file: self._choose_content(file, random, keep_data, journal_end, torn))

    def _choose_changes(self, random, keep):
        if not self.is_ext4:
            return [change for change in self.changes if random.random() < keep], self.moment
        count = len(self.changes)
        count = count if keep == 1.0 else 0 if keep == 0.0 else random.randint(0, count)
        end = self.changes[count].moment - 1 if count < len(self.changes) else self.moment
        return self.changes[:count], end

    def _choose_content(self, file, random, keep, journal_end, torn):
        if not file.later:
            return file.safe
        first, last = 0, len(file.later)
        if self.is_ext4:  # a cut of the file is journaled: it has happened, or nothing behind it has
            cuts = [i for i, (_, _, data) in enumerate(file.later) if data is None]
            first = max((i + 1 for i in cuts if file.later[i][0] <= journal_end), default=0)
            last = min((i for i in cuts if file.later[i][0] > journal_end), default=last)
        sizes = file.sizes()
        unit = file.unit
        pick = lambda: first if random.random() >= keep else random.randint(first, last)
        size = sizes[pick()]
        content = bytearray(file.content(first))[:size].ljust(size, b"\0")
        for number in file.blocks(unit):
            if number * unit >= size:
                break
            versions = (pick(), pick())
            if self.is_ext4 and min(size, (number + 1) * unit) > sizes[first]:
                # New pages are on the disk before the size that covers them.
                least = bisect.bisect_left(sizes, min(size, (number + 1) * unit), first, last)
                versions = tuple(max(version, least) for version in versions)
            block = file.block(unit, number, versions[0])
            if torn and self.is_ext4:
                other, cut = file.block(unit, number, versions[1]), SECTOR * random.randint(0, unit // SECTOR)
                block = block[:cut] + other[cut:]
            content[number * unit:(number + 1) * unit] = block
        return bytes(content[:size])

    def _write_folder(self, file, path, names, content_of):
        path.mkdir(mode=0o700)
        for name, each in names.get(file, file.safe).items():
            if each.is_folder:
                self._write_folder(each, path / name, names, content_of)
            else:
                (path / name).write_bytes(content_of(each))
                (path / name).chmod(each.mode)
        path.chmod(file.mode)


def apply_name(names, name, file):
    if file is None:
        names.pop(name, None)
    else:
        names[name] = file
