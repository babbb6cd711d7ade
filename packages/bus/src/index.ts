export type { Job, JobQueue, NewJob, WorkOptions } from './job-queue.ts';
export { createPostgresJobQueue, JOBS_CHANNEL, type JobQueueDependencies } from './postgres-job-queue.ts';
