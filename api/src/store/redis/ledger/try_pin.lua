-- Takes a try of a unit's PIN. One that is wrong is counted in the same step.
-- KEYS: 1 witness, 2 the right PIN's keyed hash, 3 tries.
-- ARGV: 1 time (ms), 2 client (8 bytes), 3 most by one client, 4 most by all, 5 a try is held against them (ms),
--       6 this try (8 bytes): sent again, it is counted once; 7 what is tried, as the PIN's keyed hash is kept.
-- Returns: the PIN's keyed hash; or a number: to be waited (ms); or nil: there is no PIN.
if redis.call('EXISTS', KEYS[1]) == 0 then return redis.error_reply('EMPTIED no witness') end
local pin, tries = redis.call('GET', KEYS[2]), redis.call('GET', KEYS[3])
if not pin then return false end
tries = tries or ''
if #tries % 22 ~= 0 then return redis.error_reply('CORRUPT a value of the ledger') end
local now, held = tonumber(ARGV[1]), tonumber(ARGV[5])
local all, own, kept = {}, {}, {}
for n = 1, #tries, 22 do
  local at = struct.unpack('>I6', tries, n + 8)
  if at + held > now then
    kept[#kept + 1] = string.sub(tries, n, n + 21)
    all[#all + 1] = at
    if string.sub(tries, n, n + 7) == ARGV[2] then own[#own + 1] = at end
    if string.sub(tries, n + 14, n + 21) == ARGV[6] then
      -- Written as it is, so that replicas are waited for.
      redis.call('SET', KEYS[3], tries, 'KEEPTTL')
      return pin
    end
  end
end
local wait
for _, of in ipairs({{own, ARGV[3]}, {all, ARGV[4]}}) do
  local too_many = #of[1] - tonumber(of[2])
  if too_many >= 0 then
    local left = (of[1][too_many + 1] or now) + held - now
    if not wait or left > wait then wait = left end
  end
end
if wait then return wait end
-- The right one is held against nobody.
if pin == ARGV[7] then return pin end
kept[#kept + 1] = ARGV[2] .. struct.pack('>I6', now) .. ARGV[6]
redis.call('SET', KEYS[3], table.concat(kept), 'PX', ARGV[5])
return pin
