export type { Job, JobQueue, NewJob, WorkOptions } from './job-queue.ts';
export { createPostgresJobQueue, type JobQueueDependencies, JOBS_CHANNEL } from './postgres-job-queue.ts';
