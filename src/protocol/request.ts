import type { ClientFrameOf } from './client-frame';
import type { ServerFrameOf } from './server-frame';

/** Which frame answers which request. An `error` with the request's id may come instead. */
export interface ReplyTypes {
  follow: 'followed';
  unfollow: 'done';
  rooms: 'rooms';
  press: 'done';
  react: 'done';
  edit: 'done';
  history: 'history';
  trace: 'trace';
  explain: 'trace';
  'skill.save': 'skill.saved';
  'skill.reload': 'skill.reloaded';
  'skill.hold': 'skill.held';
  'skill.release': 'skill.released';
  'config.save': 'config.saved';
  logs: 'logs';
  'live.put': 'live.done';
  'live.remove': 'done';
  'live.ask': 'live.answer';
  'live.log': 'done';
  'live.end': 'done';
  'workshop.open': 'workshop.opened';
  'workshop.state': 'workshop.state';
  'workshop.do': 'workshop.state';
  'workshop.report': 'workshop.report';
}

/** A request without the id, which the connection gives it. */
export type Request<T extends keyof ReplyTypes> = Omit<ClientFrameOf<T>, 'id'>;

/** The answer to a request of type `T`. */
export type Reply<T extends keyof ReplyTypes> = ServerFrameOf<ReplyTypes[T]>;
