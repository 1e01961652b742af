-- Tells which datasets carry dead-since. Arguments: names: number -> file system.
local args = ...
local marked = {}

for number, fs in pairs(args.names) do
    local snap = fs .. '@sealed'
    if zfs.exists(snap) then
        local since, source = zfs.get_prop(snap, 'axiom.pool:dead-since')
        if since and (source == snap or source == '$recvd') then
            marked[number] = since
        end
    end
end
return marked
