import { APP_UPLOAD_LIMIT_BYTES, AppraisalJob, Problem } from '@vedette/contracts';
import { ApiError, queryString } from './client.ts';

/**
 * Sends an app file for appraisal. XMLHttpRequest, because fetch does not tell how much of a body has been sent.
 * @param onProgress share of the bytes sent, 0 to 1
 * @throws ApiError
 */
export function uploadApp(file: File, onProgress: (share: number) => void): Promise<AppraisalJob> {
  if (file.size > APP_UPLOAD_LIMIT_BYTES) {
    return Promise.reject(
      new ApiError(
        413,
        'too-large',
        'The file is too large',
        'At most 512 MiB can be uploaded. Use vedette scan on your own computer for larger files.',
      ),
    );
  }
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/api/v1/apps${queryString({ name: file.name })}`);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.setRequestHeader('accept', 'application/json');
    request.setRequestHeader('x-vedette-csrf', '1');
    request.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total);
    });
    request.addEventListener('error', () =>
      reject(
        new ApiError(
          0,
          'unreachable',
          'The upload was cut off',
          'Check the connection and send the file again; nothing was kept.',
        ),
      ),
    );
    request.addEventListener('load', () => {
      let body: unknown;
      try {
        body = JSON.parse(request.responseText);
      } catch {
        body = null;
      }
      const job = AppraisalJob.safeParse(body);
      if (request.status < 300 && job.success) {
        resolve(job.data);
        return;
      }
      const problem = Problem.safeParse(body);
      reject(
        problem.success
          ? new ApiError(request.status, problem.data.code, problem.data.title, problem.data.detail)
          : new ApiError(
              request.status,
              `http-${request.status}`,
              'The upload was refused',
              `The server answered ${request.status}.`,
            ),
      );
    });
    request.send(file);
  });
}
