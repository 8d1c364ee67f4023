/**
 * Azure identities that are full: which of an identity and its shards holds whose federated
 * credentials, and which shards there are. A shard is a ManagedIdentity that the operator makes,
 * owned by the one it extends: whatever is true of identities is true of shards. Nothing here calls
 * Azure.
 */
@NullMarked
package dev.managedidentity.operator.sharding;

import org.jspecify.annotations.NullMarked;
