-- Health of a ManagedIdentity and of an IdentityBinding, for Argo CD. Both have the same conditions:
-- Ready, Stalled while a person must act, Reconciling while work goes on or waits.
local health = {status = "Progressing", message = "The operator has not looked at it yet"}
if obj.metadata.deletionTimestamp ~= nil then
  health.message = "It is being deleted"
end
if obj.status == nil or obj.status.conditions == nil then
  return health
end
local conditions = {}
for _, condition in ipairs(obj.status.conditions) do
  conditions[condition.type] = condition
end
local ready = conditions["Ready"]
if ready == nil then
  return health
end
if ready.observedGeneration ~= nil and ready.observedGeneration < obj.metadata.generation then
  health.message = "The operator has not looked at the newest spec yet"
  return health
end
health.message = ready.message
if ready.reason == "Paused" then
  health.status = "Suspended"
elseif conditions["Stalled"] ~= nil and conditions["Stalled"].status == "True" then
  health.status = "Degraded"
elseif ready.status == "True" and obj.metadata.deletionTimestamp == nil then
  health.status = "Healthy"
end
return health
