// Owns the door: validation, problem+json, request context, idempotency keys, reading one's writes, pages, tags, live
// updates, the API document, health, metrics and logs. Knows no context and no rule of the domain.
export { done, Done, IfMatch, tag, tagged, Tagged } from './answers';
export type { MatchCheck } from './answers';
export { CommandInfo } from './command-info';
export { configureHttp } from './configure';
export { contentPolicy } from './content-policy';
export { HttpOptions } from './http-options';
export { HttpModule } from './http.module';
export type { HttpModuleOptions } from './http.module';
export { LARGEST_BODY, takenBy, Takes } from './intake';
export { LiveHub } from './live-hub';
export { LiveRuleFor } from './live-rules';
export type { LiveRule } from './live-rules';
export { StructuredLog } from './logging';
export { MeasuredEventStore, Metrics } from './metrics';
export { openApiDocument, openApiText } from './openapi';
export { ApiDocument } from './openapi.controller';
export { After, cursorOf, listWanted, Page, PageAnswer, PageQuery, pageSize, readCursor, ValueCount } from './page';
export type { Keyset } from './page';
export { badFields, fieldError, Problem } from './problem';
export type { FieldError, ProblemBody } from './problem';
export { isWholeNumberText } from './query-text';
export { Readiness } from './readiness';
export { actorOf, contextOf, ReceivedAt } from './request-context';
export { Seals } from './seals';
export { waitedFor, WaitsFor } from './waits-for';
