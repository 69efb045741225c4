import { EventStore } from '@app/event-store';
import { Double, startDouble } from '../../../test/support/eventstoredb-double';
import { testServer } from '../../../test/support/eventstoredb-server';
import { EventStoreDBEventStore } from '../src/drivers/eventstoredb';
import { describeEventStore, Driver } from './event-store.contract';
import { LogWindow } from './log-window';

// Handles of one process share their connections, as they always do.
function handlesOn(url: string, shown: (store: EventStore) => EventStore = (store) => store) {
  const handles: EventStore[] = [];
  return {
    open: async () => {
      const store = await EventStoreDBEventStore.open({ url });
      handles.push(store);
      return shown(store);
    },
    close: () => Promise.all(handles.map((store) => store.close())),
  };
}

const onDouble = (double: Double) => {
  const { open, close } = handlesOn(double.url);
  return { open, drop: () => close().then(() => double.stop()) };
};

const server = testServer();

async function window(url: string) {
  const outside = await EventStoreDBEventStore.open({ url });
  const opened = await LogWindow.open(outside);
  await outside.close();
  const { open, close } = handlesOn(url, (store) => opened.over(store));
  return { open, drop: () => close().then(() => undefined) };
}

const driver: Pick<Driver, 'log' | 'restartable'> = server
  ? {
      log: () => window(server.url),
      ...(server.control && { restartable: async () => ({ ...(await window(server.url)), ...server.control! }) }),
    }
  : {
      log: async () => onDouble(await startDouble()),
      restartable: async () => {
        const double = await startDouble();
        return { ...onDouble(double), stop: () => double.stopNode(0), start: () => double.startNode(0) };
      },
    };

describeEventStore(server ? 'EventStoreDB' : 'EventStoreDB, by the protocol double', {
  ...driver,
  foreignPositions: ['1', '7', '01/1', '1/01', '1/1/1', '-1/1', '1/ 1', `${'9'.repeat(20)}/1`],
});
