-- Puts a unit's standing in place of another.
-- KEYS: 1 witness, 2 where the unit stands, 3 who wrote that.
-- ARGV: 1 what must be there (empty: nothing), 2 what is to be there, 3 the writer, 4 how long it is remembered (ms).
-- Returns whether it was done, by this call or by an earlier one of the same writer.
if redis.call('EXISTS', KEYS[1]) == 0 then return redis.error_reply('EMPTIED no witness') end
local now = redis.call('GET', KEYS[2])
if now == ARGV[2] and redis.call('GET', KEYS[3]) == ARGV[3] then
  -- Written as it is, so that replicas are waited for.
  redis.call('SET', KEYS[3], ARGV[3], 'PX', ARGV[4])
  return 1
end
if (now or '') ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[2], ARGV[2])
redis.call('SET', KEYS[3], ARGV[3], 'PX', ARGV[4])
return 1
