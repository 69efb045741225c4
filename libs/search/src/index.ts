// Owns how goods are searched by Chinese, pinyin, initials and standard numbers: the columns and keys that a view
// stores, and the statement that finds a page of hits. Knows no goods and no view; who may see a hit is the view's to
// ask.
export { canonical, wordsOf } from './canonical';
export { type Searchable, SearchColumns, searchColumnsOf, searchIndexes } from './columns';
export { fullScan, type Hit, type HitPage, search, type SearchRequest } from './search';
export type { SearchCursor } from './statement';
