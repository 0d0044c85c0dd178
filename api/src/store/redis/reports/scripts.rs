//! The scripts that write reports. `KEYS[1]` is the witness of the slot in each.

/// `KEYS`: witness, count, report, contact, photo, key, shelves. `ARGV`: report, receipt, contact, photo, how long the
/// key is kept in milliseconds (nothing: there is none). Returns `kept`; `before` and the report that was there; `taken`.
pub(super) const KEEP: &str = r"
if redis.call('EXISTS', KEYS[1]) == 0 then return redis.error_reply('EMPTIED no witness') end
local before = redis.call('GET', KEYS[3])
if before then return {'before', before} end
if ARGV[5] ~= '' then
  local other = redis.call('GET', KEYS[6])
  if other and other ~= ARGV[2] then return {'taken'} end
  redis.call('SET', KEYS[6], ARGV[2], 'PX', ARGV[5])
end
local number = redis.call('INCR', KEYS[2])
redis.call('SET', KEYS[3], ARGV[1])
if ARGV[3] ~= '' then redis.call('SET', KEYS[4], ARGV[3]) end
if ARGV[4] ~= '' then redis.call('SET', KEYS[5], ARGV[4]) end
for i = 7, #KEYS do redis.call('ZADD', KEYS[i], number, ARGV[2]) end
return {'kept'}
";

/// `KEYS`: witness, report, contact, shelves to leave, shelves to take. `ARGV`: report as it was, report as it is to be,
/// receipt, number, how many shelves to leave, whether to erase the contact. Returns whether it was still that.
pub(super) const REPLACE: &str = r"
if redis.call('EXISTS', KEYS[1]) == 0 then return redis.error_reply('EMPTIED no witness') end
local now = redis.call('GET', KEYS[2])
if now == ARGV[2] then return 1 end
if now ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[2], ARGV[2])
if ARGV[6] == '1' then redis.call('DEL', KEYS[3]) end
local left = tonumber(ARGV[5])
for i = 4, 3 + left do redis.call('ZREM', KEYS[i], ARGV[3]) end
for i = 4 + left, #KEYS do redis.call('ZADD', KEYS[i], ARGV[4], ARGV[3]) end
return 1
";

/// `KEYS`: witness, report, contact, photo, shelves. `ARGV`: receipt.
pub(super) const DESTROY: &str = r"
if redis.call('EXISTS', KEYS[1]) == 0 then return redis.error_reply('EMPTIED no witness') end
for i = 5, #KEYS do redis.call('ZREM', KEYS[i], ARGV[1]) end
return redis.call('DEL', KEYS[2], KEYS[3], KEYS[4])
";
