export type FieldFault = {
  readonly in: string;
  /** A JSON pointer in the body, or a parameter's name. */
  readonly field: string;
  readonly rule: string;
  readonly zh: string;
  readonly en: string;
};

type ProblemBody = {
  readonly code: string;
  readonly zh: string;
  readonly en: string;
  readonly errors?: readonly FieldFault[];
};

/** A refusal or a failure, in words that a person can be shown. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly zh: string,
    readonly en: string,
    readonly errors: readonly FieldFault[] = [],
    /** Milliseconds after which asking again makes sense. */
    readonly retryAfter?: number,
  ) {
    super(code);
    this.name = 'Problem';
  }

  /** No answer came: the request may or may not have been carried out. */
  static unreachable(): Problem {
    return new Problem(
      0,
      'unreachable',
      '网络不通，稍后再试；已填写的内容已保存在本机',
      'No connection. What you entered is kept on this device; try again later',
    );
  }

  /** Whether the same request may succeed a little later. */
  get passes(): boolean {
    return (
      this.status === 0 || this.status === 503 || this.status === 429 || this.status === 502 || this.status === 504
    );
  }

  get signedOut(): boolean {
    return this.code === 'not-signed-in';
  }
}

export async function readProblem(response: Response): Promise<Problem> {
  const seconds = Number(response.headers.get('Retry-After'));
  const retryAfter = Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : undefined;
  try {
    const { code, zh, en, errors } = (await response.json()) as ProblemBody;
    return new Problem(response.status, code, zh, en, errors, retryAfter);
  } catch {
    const { status } = response;
    return new Problem(
      status,
      'answer-malformed',
      `服务器答复异常（${status}），请稍后再试`,
      `The server answered strangely (${status}); try again later`,
      [],
      retryAfter,
    );
  }
}

export const problemOf = (error: unknown): Problem =>
  error instanceof Problem
    ? error
    : new Problem(-1, 'page-failed', '页面出错，请刷新后再试', 'The page failed; reload it and try again');
