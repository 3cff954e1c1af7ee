/** Asks for a secret on the terminal without showing what is typed. */

/** The line that was typed; rejects when the person ends the question. */
export async function askHidden(question: string): Promise<string> {
  const { stdin, stderr } = process;
  stderr.write(`${question}: `);
  stdin.setRawMode(true);
  stdin.setEncoding('utf8');
  stdin.resume();
  try {
    return await new Promise<string>((resolve, reject) => {
      let typed = '';
      const take = (chunk: string): void => {
        for (const character of chunk) {
          if (character === '\r' || character === '\n') {
            stdin.off('data', take);
            resolve(typed);
            return;
          }
          if (character === '\u0003' || character === '\u0004') {
            stdin.off('data', take);
            reject(new Error('cancelled'));
            return;
          }
          typed =
            character === '\u007f' || character === '\b' ? Array.from(typed).slice(0, -1).join('') : typed + character;
        }
      };
      stdin.on('data', take);
    });
  } finally {
    stdin.setRawMode(false);
    stdin.pause();
    stderr.write('\n');
  }
}
