#!/usr/bin/env node
/**
 * `npm test`: every check there is, in order, all of them even after a failure. The last line
 * says `N passed, N failed`, counting the tests of all suites and one for each other stage.
 *
 *   --no-browser       leave out the stages that need one (`npm run check`)
 *   --only a,b         run these stages only
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ensureBrowser } from './ensure-browser.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { requireNode } from './lib/node-version.mjs';
import { ROOT } from './lib/project.mjs';
import { countTests } from './lib/reports.mjs';
import { findPyTorch } from './lib/pytorch.mjs';
import { BROWSER_STAGES, PYTORCH_STAGE, reportPath, STAGES } from './lib/stages.mjs';
import { inParallel } from './lib/in-parallel.mjs';

/** @typedef {{ name: string, passed: number, failed: number, seconds: number, note: string }} Outcome */

requireNode();
const chosen = selectStages(process.argv.slice(2));
ensureDependencies({ dev: true });
const stages = chosen.filter(({ name }) => name !== PYTORCH_STAGE || hasPyTorch());
const browser = stages.some(isBrowserStage) ? lookForBrowser() : { env: {} };

// What only reads the sources takes one core each, so two at a time; suites use all cores themselves.
const outcomes = await inParallel(
  stages.filter(({ beside }) => beside),
  2,
  runBeside,
);
outcomes.push(...stages.filter(({ beside }) => !beside).map((stage) => runStage(stage)));
summarize(outcomes);

/** @param {string[]} args */
function selectStages(args) {
  const wanted = new Set(STAGES.map(({ name }) => name));
  for (let i = 0; i < args.length; i++) {
    if (args[i] === '--no-browser') BROWSER_STAGES.forEach((name) => wanted.delete(name));
    else if (args[i] === '--only') keepOnly(wanted, args[++i] ?? '');
    else usage(`unknown option "${args[i]}"`);
  }
  return STAGES.filter(({ name }) => wanted.has(name));
}

/**
 * @param {Set<string>} wanted
 * @param {string} list
 */
function keepOnly(wanted, list) {
  const names = list.split(',');
  const unknown = names.find((name) => !STAGES.some((stage) => stage.name === name));
  if (unknown !== undefined) usage(`no stage "${unknown}"`);
  for (const name of wanted) if (!names.includes(name)) wanted.delete(name);
}

/** @param {string} problem */
function usage(problem) {
  const names = STAGES.map(({ name }) => name).join(', ');
  console.error(`${problem}\nUsage: npm test -- [--no-browser] [--only STAGE,…]\nStages: ${names}`);
  process.exit(2);
}

/** @param {import('./lib/stages.mjs').Stage} stage */
function isBrowserStage({ name }) {
  return BROWSER_STAGES.includes(name);
}

/** Exported scripts are run where that can be; a machine with nothing but Node passes all other checks. */
function hasPyTorch() {
  const found = findPyTorch();
  if ('problem' in found)
    console.log(`The stage ${PYTORCH_STAGE} cannot run here: ${found.problem}.`);
  return !('problem' in found);
}

/** @returns {{ env: Record<string, string>, problem?: string }} */
function lookForBrowser() {
  try {
    return { env: { CHROME_PATH: ensureBrowser() } };
  } catch (error) {
    return { env: {}, problem: error instanceof Error ? error.message : String(error) };
  }
}

/**
 * @param {import('./lib/stages.mjs').Stage} stage
 * @returns {Outcome}
 */
function runStage(stage) {
  console.log(`\n${heading(stage.name)}`);
  const started = performance.now();
  const { passed, failed, note } = execute(stage);
  const seconds = (performance.now() - started) / 1000;
  const outcome = { name: stage.name, passed, failed, seconds, note };
  console.log(describe(outcome));
  return outcome;
}

/**
 * A stage whose output is shown when it has ended, so that two may run at once.
 *
 * @param {import('./lib/stages.mjs').Stage} stage
 * @returns {Promise<Outcome>}
 */
async function runBeside(stage) {
  const started = performance.now();
  let output = '';
  let succeeded = true;
  for (const [script = '', ...args] of stage.commands) {
    const child = spawn(process.execPath, [join(ROOT, script), ...args], { cwd: ROOT });
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => (output += text));
    }
    const status = await new Promise((resolve) => {
      child.on('error', (error) => {
        output += error.message;
        resolve(1);
      });
      child.on('close', resolve);
    });
    succeeded &&= status === 0;
  }
  const seconds = (performance.now() - started) / 1000;
  const { name } = stage;
  const outcome = {
    name,
    passed: Number(succeeded),
    failed: Number(!succeeded),
    seconds,
    note: '',
  };
  console.log(`\n${heading(name)}\n${output}${describe(outcome)}`);
  return outcome;
}

/** @param {string} name */
function heading(name) {
  return `── ${name} ${'─'.repeat(Math.max(0, 60 - name.length))}`;
}

/** @param {import('./lib/stages.mjs').Stage} stage */
function execute(stage) {
  if (isBrowserStage(stage) && browser.problem !== undefined) {
    console.error(browser.problem);
    return { passed: 0, failed: 1, note: 'no browser' };
  }
  const report = reportPath(stage.name);
  mkdirSync(dirname(report), { recursive: true });
  rmSync(report, { force: true });

  const succeeded = stage.commands
    .map((command) => runNode(command, { BASIN_REPORT: report, ...browser.env }))
    .every(Boolean);
  if (stage.report === undefined) {
    return { passed: Number(succeeded), failed: Number(!succeeded), note: '' };
  }
  const { passed, failed, note = '' } = countTests(stage.report, report);
  if (passed + failed === 0) return { passed, failed: 1, note: 'no test ran' };
  if (!succeeded && failed === 0) return { passed, failed: 1, note: 'ended with an error' };
  return { passed, failed, note };
}

/**
 * @param {string[]} command
 * @param {Record<string, string>} env
 */
function runNode([script = '', ...args], env) {
  const { status } = spawnSync(process.execPath, [join(ROOT, script), ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...env },
  });
  return status === 0;
}

/** @param {Outcome} outcome */
function describe({ name, passed, failed, seconds, note }) {
  const mark = failed === 0 ? '✓' : '✗';
  const counts = `${passed} passed, ${failed} failed`;
  return `${mark} ${name.padEnd(10)} ${`${seconds.toFixed(1)} s`.padStart(8)}  ${counts}${note && ` (${note})`}`;
}

/** @param {Outcome[]} outcomes */
function summarize(outcomes) {
  const passed = outcomes.reduce((sum, outcome) => sum + outcome.passed, 0);
  const failed = outcomes.reduce((sum, outcome) => sum + outcome.failed, 0);
  console.log(`\n── summary ${'─'.repeat(53)}`);
  for (const outcome of outcomes) console.log(describe(outcome));
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
}
