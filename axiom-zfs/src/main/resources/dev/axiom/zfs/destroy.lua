-- Destroys each dataset that nobody holds, that is still as condemned, and that nothing else keeps.
-- Arguments: names: number -> file system; dead: number -> the expected dead-since, if any.
-- Returns for each number a word and what belongs to it.
local args = ...
local DEAD = 'axiom.pool:dead-since'
local DOOMED = 'axiom.pool:doomed'
local MOST_NAMED = 64
local EBUSY = 16
-- Bytes. A read-only mount writes one block, the end of the intent log, which counts as a change; an edit writes many.
local WRITTEN_BY_A_MOUNT = 8192
local results = {}

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

-- What besides a hold would keep the file system when its seal is gone; looked for before that is touched.
local function keeper(fs, snap)
    -- zfs-program(8): EBUSY if it is mounted, in whatever namespace. Nobody can mount it while a program runs.
    if zfs.check.rollback(fs) == EBUSY then
        return 'it is mounted'
    end
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

local function properties(snap)
    local own = {}
    for property, value, source in zfs.list.properties(snap) do
        if source == snap then
            own[property] = value
        end
    end
    return own
end

-- Nobody sees it unsealed: all of this is in one transaction. In a full pool it may fail, for a snapshot needs more room than
-- its destruction does. Then the mark stays, without a seal that lacks a property: it is a destruction that goes on later.
local function sealAgain(fs, snap, own)
    local rc = zfs.sync.snapshot(snap)
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
    if changed then
        return {'failed', 'error ' .. rc .. '; it was changed since it was sealed, so recovery destroys it'}
    end
    local again = sealAgain(fs, snap, own)
    if again ~= 0 then
        return {'failed', 'error ' .. rc .. '; its seal cannot be taken again (error ' .. again .. '), so recovery destroys it'}
    end
    return {'busy', 'error ' .. rc}
end

local function destroy(fs, snap)
    local why = keeper(fs, snap)
    if why then
        return {'busy', why}
    end
    local own = properties(snap)
    local bytes = zfs.get_prop(fs, 'used')
    local changed = zfs.get_prop(fs, 'written') > WRITTEN_BY_A_MOUNT
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
        return undo(fs, snap, own, changed, rc)
    end
    return {'destroyed', tostring(bytes)}
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
    if source ~= snap then
        since = nil
    end
    if since ~= dead then
        return {'revived', 'it was used since the plan was made'}
    end
    return destroy(fs, snap)
end

for number, fs in pairs(args.names) do
    local result = look(fs, args.dead[number])
    results[number] = {word = result[1], text = result[2], tags = result[3]}
end
return results
