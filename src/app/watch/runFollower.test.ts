import { describe, expect, it } from 'vitest';
import { RunFollower } from './runFollower';

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

/** A run of which every look sees a later step, with a clock that the test moves. */
function setup() {
  const state = { isRunning: true, isWanted: true, time: 0, step: 0, costs: 0, ended: 0 };
  const waits: number[] = [];
  const drawn: number[] = [];
  let resume = (): void => undefined;
  const follower = new RunFollower<number>({
    glimpse: () => (state.isRunning ? Promise.resolve(++state.step) : null),
    isWanted: () => state.isWanted,
    draw: (step) => {
      drawn.push(step);
      state.time += state.costs;
      return Promise.resolve();
    },
    onEnd: () => void state.ended++,
    now: () => state.time,
    wait: (milliseconds) => {
      waits.push(milliseconds);
      state.time += milliseconds;
      return new Promise((resolve) => (resume = resolve));
    },
  });
  const goOn = async (): Promise<void> => {
    resume();
    await settled();
  };
  return { follower, state, waits, drawn, goOn };
}

describe('RunFollower', () => {
  it('draws ten times a second what is quick, and rests half as long as what is slow takes', async () => {
    const { follower, state, waits, drawn, goOn } = setup();
    state.costs = 20;
    follower.begin();
    await settled();
    await goOn();
    state.costs = 400;
    await goOn();
    expect(drawn).toEqual([1, 2, 3]);
    expect(waits).toEqual([80, 80, 200]);
  });

  it('follows one run at a time, until it rests', async () => {
    const { follower, state, drawn, goOn } = setup();
    follower.begin();
    follower.begin();
    expect(follower.isFollowing).toBe(true);
    await settled();
    state.isRunning = false;
    await goOn();
    expect(follower.isFollowing).toBe(false);
    expect(state.ended).toBe(1);
    follower.begin();
    expect(follower.isFollowing).toBe(false);
    state.isRunning = true;
    follower.begin();
    await settled();
    expect(drawn).toEqual([1, 2]);
  });

  it('asks for no weights while nobody looks', async () => {
    const { follower, state, drawn, goOn } = setup();
    state.isWanted = false;
    follower.begin();
    expect(state.step).toBe(0);
    state.isWanted = true;
    follower.begin();
    await settled();
    state.isWanted = false;
    await goOn();
    expect(drawn).toEqual([1]);
    expect(state.step).toBe(1);
    expect(follower.isFollowing).toBe(false);
  });
});
