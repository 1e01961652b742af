-- Takes dead-since away. Arguments: names: number -> file system.
local args = ...
local failed = {}

for number, fs in pairs(args.names) do
    local snap = fs .. '@sealed'
    if zfs.exists(snap) then
        local since, source = zfs.get_prop(snap, 'axiom.pool:dead-since')
        if since and (source == snap or source == '$recvd') then
            local rc = zfs.sync.inherit(snap, 'axiom.pool:dead-since')
            if rc ~= 0 then
                failed[number] = rc
            end
        end
    end
end
return failed
