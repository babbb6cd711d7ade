export { type FeedState, readFeedStates } from './feeds/feed-state.ts';
export { FEEDS_FILE, type FeedResult, feedsOf, type UpdateOptions, updateFeeds } from './feeds/update-feeds.ts';
export { type LoadedIndicators, loadIndicators } from './load-indicators.ts';
