// Runs every browser story, one after another, each on a program of its own.
//
//   node run.mjs [WORD…]     only the stories whose name holds a word

import { readdirSync } from 'node:fs';
import { Program, openBrowser } from './world.mjs';

const wanted = process.argv.slice(2);
const files = readdirSync(new URL('./stories/', import.meta.url)).filter((name) => name.endsWith('.mjs')).sort();
const browser = await openBrowser();
let [passed, failed] = [0, 0];

for (const file of files) {
  const { stories } = await import(`./stories/${file}`);
  for (const [name, story] of Object.entries(stories)) {
    if (wanted.length > 0 && !wanted.some((word) => name.includes(word) || file.includes(word))) continue;
    const began = performance.now();
    let program;
    try {
      program = await Program.start();
      await story({ program, browser });
      await program.stop();
      passed += 1;
      console.log(`PASS [${((performance.now() - began) / 1000).toFixed(1)} s] ${name}`);
    } catch (error) {
      failed += 1;
      console.log(`FAIL ${name}\n  ${error.stack ?? error}`);
      program?.child.kill('SIGKILL');
    }
  }
}

await browser.close();
console.log(`stories: ${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
