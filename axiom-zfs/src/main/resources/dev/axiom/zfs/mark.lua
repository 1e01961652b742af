-- Writes dead-since on each dataset that nobody holds. Arguments: names: number -> file system; since: text.
local args = ...
local failed = {}

local function held(snap)
    for tag in zfs.list.holds(snap) do
        return true
    end
    return false
end

for number, fs in pairs(args.names) do
    local snap = fs .. '@sealed'
    if zfs.exists(snap) and not held(snap) then
        local rc = zfs.sync.set_prop(snap, 'axiom.pool:dead-since', args.since)
        if rc ~= 0 then
            failed[number] = rc
        end
    end
end
return failed
