// Test code. Gossip, by which a client finds its node, and the list of methods that it asks for first.
import type * as grpc from '@grpc/grpc-js';
import { GossipService } from '@eventstore/db-client/generated/gossip_grpc_pb';
import { ClusterInfo, EndPoint, MemberInfo } from '@eventstore/db-client/generated/gossip_pb';
import { ServerFeaturesService } from '@eventstore/db-client/generated/serverfeatures_grpc_pb';
import { SupportedMethod, SupportedMethods } from '@eventstore/db-client/generated/serverfeatures_pb';
import type { Empty } from '@eventstore/db-client/generated/shared_pb';
import { StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb';
import type { Host, MemberView } from './host';
import type { ServiceSet } from './node';
import { structured } from './wire';

const SERVER_VERSION = '24.6.0';
const TICKS_PER_MS = 10_000n;
const STATES = {
  leader: MemberInfo.VNodeState.LEADER,
  follower: MemberInfo.VNodeState.FOLLOWER,
  unknown: MemberInfo.VNodeState.UNKNOWN,
  'shutting-down': MemberInfo.VNodeState.SHUTTINGDOWN,
} as const;
const FEATURES: Record<string, string[]> = { read: ['position', 'events'], batchappend: ['deadline_duration'] };

export function gossipService(host: Host): ServiceSet {
  const read: grpc.handleUnaryCall<Empty, ClusterInfo> = (_call, done) => {
    const answer = () => done(null, new ClusterInfo().setMembersList(host.members().map(memberInfo)));
    const delay = host.gossipDelayMs();
    if (delay > 0) setTimeout(answer, delay).unref();
    else answer();
  };
  return { definition: GossipService, implementation: { read } };
}

export function serverFeaturesService(): ServiceSet {
  const methods = [...pathsOf(StreamsService), ...pathsOf(GossipService), ...pathsOf(ServerFeaturesService)];
  const supported = new SupportedMethods().setEventStoreServerVersion(SERVER_VERSION).setMethodsList(methods);
  const getSupportedMethods: grpc.handleUnaryCall<Empty, SupportedMethods> = (_call, done) => done(null, supported);
  return { definition: ServerFeaturesService, implementation: { getSupportedMethods } };
}

function pathsOf(service: grpc.ServiceDefinition): SupportedMethod[] {
  return Object.values(service).map(({ path }) => {
    const [, serviceName = '', method = ''] = path.toLowerCase().split('/');
    return new SupportedMethod()
      .setServiceName(serviceName)
      .setMethodName(method)
      .setFeaturesList(FEATURES[method] ?? []);
  });
}

function memberInfo(member: MemberView): MemberInfo {
  return new MemberInfo()
    .setInstanceId(structured(member.id))
    .setTimeStamp(String(BigInt(Date.now()) * TICKS_PER_MS))
    .setState(STATES[member.state])
    .setIsAlive(member.alive)
    .setHttpEndPoint(new EndPoint().setAddress(member.host).setPort(member.port));
}
