-- Destroys each dataset that nobody holds, that is still as condemned, and that nothing else keeps.
-- Arguments: names: number -> file system; dead: number -> the expected dead-since, if any; parents: number -> file system that
-- those lie in.
-- Returns results: for each number a word and what belongs to it; freed: the bytes that the parents have lost by it.
--
-- While a program runs, everybody else's transactions wait. ZFS opens a file system to tell its figures, its children or its
-- snapshots, and looks up each of its properties up to the pool's root for that: four such looks cost more than a destruction
-- itself. Holds, user properties, written@ and check.rollback do without.
local args = ...
local DEAD = 'axiom.pool:dead-since'
local DOOMED = 'axiom.pool:doomed'
local RESEALING = 'resealing'
local MOST_NAMED = 64
local EBUSY = 16
-- Bytes. A read-only mount writes one block, the end of the intent log, which counts as a change; an edit writes many.
local WRITTEN_BY_A_MOUNT = 8192
local results = {}
-- Whether to look for what else keeps a dataset before its seal is touched, and not only when it was kept.
local careful = false

local function first(iterator)
    for each in iterator do
        return each
    end
    return nil
end

local function holders(snap)
    local tags, count = {}, 0
    for tag in zfs.list.holds(snap) do
        count = count + 1
        if count <= MOST_NAMED then
            tags[tag] = true
        end
    end
    return count > 0 and tags or nil
end

-- What besides a hold and a mount keeps the file system when its seal is gone.
local function keeper(fs, snap)
    local child = first(zfs.list.children(fs))
    if child then
        return 'it has the child ' .. child
    end
    for other in zfs.list.snapshots(fs) do
        if other ~= snap then
            return 'it has the snapshot ' .. other
        end
    end
    return nil
end

-- Why the seal itself stays.
local function sealKeeper(snap, rc)
    local clone = first(zfs.list.clones(snap))
    return clone and 'it has the clone ' .. clone or 'error ' .. rc
end

-- Whether a property is a dataset's own: set on it, or received with it.
local function isOwn(source, dataset)
    return source == dataset or source == '$recvd'
end

local function properties(snap)
    local own = {}
    for property, value, source in zfs.list.properties(snap) do
        if isOwn(source, snap) then
            own[property] = value
        end
    end
    return own
end

-- Nobody sees it unsealed: all of this is in one transaction. In a full pool it may fail, for a snapshot needs more room than
-- its destruction does. Then the mark stays, without a seal that lacks a property: it is a destruction that goes on later. The
-- same holds if the program is cut off here: a seal whose file system is marked so may lack some, and is none.
local function sealAgain(fs, snap, own)
    local rc = zfs.sync.set_prop(fs, DOOMED, RESEALING)
    if rc ~= 0 then
        return rc
    end
    rc = zfs.sync.snapshot(snap)
    if rc ~= 0 then
        return rc
    end
    for property, value in pairs(own) do
        rc = zfs.sync.set_prop(snap, property, value)
        if rc ~= 0 then
            zfs.sync.destroy(snap)
            return rc
        end
    end
    zfs.sync.inherit(fs, DOOMED)
    return 0
end

-- What cannot be destroyed after all is sealed again; if that fails, the mark makes it a destruction that goes on later.
local function undo(fs, snap, own, changed, rc)
    local why = keeper(fs, snap) or 'error ' .. rc
    if changed then
        return {'failed', why .. '; it was changed since it was sealed, so recovery destroys it'}
    end
    local again = sealAgain(fs, snap, own)
    if again ~= 0 then
        return {'failed', why .. '; its seal cannot be taken again (error ' .. again .. '), so recovery destroys it'}
    end
    return {'busy', why}
end

local function destroy(fs, snap)
    -- zfs-program(8): EBUSY if it is mounted, in whatever namespace. Nobody can mount it while a program runs.
    if zfs.check.rollback(fs) == EBUSY then
        return {'busy', 'it is mounted'}
    end
    local why = careful and keeper(fs, snap)
    if why then
        return {'busy', why}
    end
    local own = properties(snap)
    local changed = zfs.get_prop(fs, 'written@sealed') > WRITTEN_BY_A_MOUNT
    -- If this program is cut off below, recovery knows by this mark that the rest is to go.
    local rc = zfs.sync.set_prop(fs, DOOMED, 'yes')
    if rc ~= 0 then
        return {'failed', 'it cannot be marked for destruction: error ' .. rc}
    end
    rc = zfs.sync.destroy(snap)
    if rc ~= 0 then
        zfs.sync.inherit(fs, DOOMED)
        return {'busy', sealKeeper(snap, rc)}
    end
    rc = zfs.sync.destroy(fs)
    if rc ~= 0 then
        careful = true -- where one has been snapshot or put below by hand, there may be more
        return undo(fs, snap, own, changed, rc)
    end
    return {'destroyed', ''}
end

local function look(fs, dead)
    local snap = fs .. '@sealed'
    if not zfs.exists(snap) then
        return {'missing', 'it does not exist'}
    end
    local tags = holders(snap)
    if tags then
        return {'held', '', tags}
    end
    local since, source = zfs.get_prop(snap, DEAD)
    if not isOwn(source, snap) then
        since = nil
    end
    if since ~= dead then
        return {'revived', 'it was used since the plan was made'}
    end
    return destroy(fs, snap)
end

local parents = {}
for _, parent in pairs(args.parents) do
    if zfs.exists(parent) then
        parents[#parents + 1] = parent
        -- A recursive snapshot: it is of the datasets too.
        careful = careful or first(zfs.list.snapshots(parent)) ~= nil
    end
end

local function used()
    local sum = 0
    for _, parent in ipairs(parents) do
        sum = sum + zfs.get_prop(parent, 'used')
    end
    return sum
end

local before = used()
for number, fs in pairs(args.names) do
    local result = look(fs, args.dead[number])
    results[number] = {word = result[1], text = result[2], tags = result[3]}
end
return {results = results, freed = tostring(before - used())}
