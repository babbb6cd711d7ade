/**
 * The command line that enrols a device from its evidence.
 * @param server origin of this server
 * @param token enrolment token; anything but its own letters is dropped, because the text is pasted into a shell
 */
export function enrolCommand(server: string, token: string): string {
  return `npx vedette agent --server ${server} --token ${token.replace(/[^A-Za-z0-9_.~-]/g, '')} --evidence PATH`;
}
