-- Ends a destruction that was cut off: of a file system that is marked for it, and has no seal or one that was being taken again.
-- Argument: name: the file system. Returns rc: 0, or why it stays.
local fs = (...).name
local DOOMED = 'axiom.pool:doomed'
local RESEALING = 'resealing'

local function finish()
    if not zfs.exists(fs) then
        return 0
    end
    local mark, source = zfs.get_prop(fs, DOOMED)
    if not mark or source ~= fs and source ~= '$recvd' then
        return 0
    end
    local snap = fs .. '@sealed'
    if zfs.exists(snap) then
        if mark ~= RESEALING then
            return 0
        end
        local rc = zfs.sync.destroy(snap)
        if rc ~= 0 then
            return rc
        end
    end
    return zfs.sync.destroy(fs)
end

return {rc = finish()}
