import { Followers, FollowerStatus } from '@app/projections';
import { Figure, Figures, Metrics } from './metrics';

const STATES = ['following', 'stopped', 'unheld'] as const satisfies readonly FollowerStatus['state'][];

const FIGURES: Figures = {
  peitao_follower_lag_events: {
    help: 'Events of the log that a follower has not handled; never counted beyond 1000.',
    labels: ['follower'],
  },
  peitao_follower_lag_seconds: {
    help: 'Age in seconds, by the platform clock, of the oldest event that a follower has not handled; 0 without one.',
    labels: ['follower'],
  },
  peitao_follower_parked: {
    help: 'Events and tasks of a follower that were set aside and wait for an operator.',
    labels: ['follower'],
  },
  peitao_follower_state: {
    help: '1 for the state of a follower, 0 for the others: following, stopped before an event, held by no process.',
    labels: ['follower', 'state'],
  },
};

/** How far views and processes have come, over all processes of the platform: each process gives the same figures. */
export function measureFollowers(metrics: Metrics, followers: Followers): void {
  metrics.figures('followers', FIGURES, async () => (await followers.status()).flatMap(figuresOf));
}

const figuresOf = ({ follower, lag, lagSeconds, parked, state }: FollowerStatus): Figure[] => [
  { name: 'peitao_follower_lag_events', labels: { follower }, value: lag },
  { name: 'peitao_follower_lag_seconds', labels: { follower }, value: lagSeconds },
  { name: 'peitao_follower_parked', labels: { follower }, value: parked },
  ...STATES.map((one) => ({
    name: 'peitao_follower_state',
    labels: { follower, state: one },
    value: one === state ? 1 : 0,
  })),
];
