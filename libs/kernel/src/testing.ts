import { Decider, Fact } from './decider';
import { Refused } from './refused';

/** given(decider, ...history).when(command).records(...events) or .refuses(code): every decider spec reads so. */
export const given = <S, C, E extends Fact>(decider: Decider<S, C, E>, ...history: E[]) => ({
  when(command: C) {
    const decide = () => decider.decide(command, history.reduce(decider.evolve, decider.initial));
    return {
      records: (...events: E[]): void => expect(decide()).toEqual(events),
      refuses(code: string, values?: Record<string, string>): void {
        let refusal: unknown;
        try {
          decide();
        } catch (error) {
          refusal = error;
        }
        expect(refusal).toBeInstanceOf(Refused);
        expect((refusal as Refused).code).toBe(code);
        if (values) expect((refusal as Refused).values).toEqual(values);
      },
    };
  },
});
