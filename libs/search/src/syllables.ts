// Every syllable that a Han character of a name can be read as, written without tones, ü as v except in lüe and nüe,
// which people type as lue and nue. syllables.spec.ts reads every Han character and compares.
const SYLLABLES = new Set(
  `a ai an ang ao ba bai ban bang bao bei ben beng bi bian biao bie bin bing bo bu ca cai can cang cao ce cen ceng
  cha chai chan chang chao che chen cheng chi chong chou chu chua chuai chuan chuang chui chun chuo ci cong cou cu
  cuan cui cun cuo da dai dan dang dao de dei den deng di dia dian diao die ding diu dong dou du duan dui dun duo e
  ei en eng er fa fan fang fei fen feng fo fou fu ga gai gan gang gao ge gei gen geng gong gou gu gua guai guan
  guang gui gun guo ha hai han hang hao he hei hen heng hong hou hu hua huai huan huang hui hun huo ji jia jian
  jiang jiao jie jin jing jiong jiu ju juan jue jun ka kai kan kang kao ke kei ken keng kong kou ku kua kuai kuan
  kuang kui kun kuo la lai lan lang lao le lei leng li lia lian liang liao lie lin ling liu lo long lou lu luan lue
  lun luo lv ma mai man mang mao me mei men meng mi mian miao mie min ming miu mo mou mu na nai nan nang nao ne nei
  nen neng ni nian niang niao nie nin ning niu nong nou nu nuan nue nuo nv o ou pa pai pan pang pao pei pen peng pi
  pian piao pie pin ping po pou pu qi qia qian qiang qiao qie qin qing qiong qiu qu quan que qun ran rang rao re ren
  reng ri rong rou ru rua ruan rui run ruo sa sai san sang sao se sen seng sha shai shan shang shao she shei shen
  sheng shi shou shu shua shuai shuan shuang shui shun shuo si song sou su suan sui sun suo ta tai tan tang tao te
  tei teng ti tian tiao tie ting tong tou tu tuan tui tun tuo wa wai wan wang wei wen weng wo wu xi xia xian xiang
  xiao xie xin xing xiong xiu xu xuan xue xun ya yan yang yao ye yi yin ying yo yong you yu yuan yue yun za zai zan
  zang zao ze zei zen zeng zha zhai zhan zhang zhao zhe zhei zhen zheng zhi zhong zhou zhu zhua zhuai zhuan zhuang
  zhui zhun zhuo zi zong zou zu zuan zui zun zuo`.split(/\s+/),
);

const LONGEST = 6;
const MOST_COLLECTED = 20;
const byPrefix = new Map<string, string[]>();
for (const syllable of SYLLABLES) {
  for (let length = 1; length <= syllable.length; length++) {
    const prefix = syllable.slice(0, length);
    byPrefix.set(prefix, [...(byPrefix.get(prefix) ?? []), syllable]);
  }
}

export const isSyllable = (text: string): boolean => SYLLABLES.has(text);

/** The syllables that begin so, itself included. */
export const syllablesFrom = (prefix: string): readonly string[] => byPrefix.get(prefix) ?? [];

/**
 * The ways to read typed letters as whole syllables, of which the last may be unfinished: xian -> [xian], [xi, an].
 * Fewest syllables first and at most one more than the fewest, since what is read as many scraps is meant as
 * initials; of as many, the finished first.
 */
export function spellings(letters: string, limit: number): string[][] {
  const fewest = fewestPieces(letters, (from, to) => isPiece(letters, from, to))[0] ?? Infinity;
  if (fewest === Infinity) return [];
  const barren = new Set<string>();
  const ways = [fewest, fewest + 1].flatMap((pieces) => {
    const found: string[][] = [];
    collect(letters, 0, pieces, [], found, MOST_COLLECTED, barren);
    const isFinished = (way: readonly string[]): boolean => isSyllable(way.at(-1) ?? '');
    return [...found.filter(isFinished), ...found.filter((way) => !isFinished(way))];
  });
  return ways.slice(0, limit);
}

function isPiece(letters: string, from: number, to: number): boolean {
  const piece = letters.slice(from, to);
  return to === letters.length ? byPrefix.has(piece) : SYLLABLES.has(piece);
}

// Returns whether the rest can be parted so. What cannot is remembered: without that, long queries take for ever.
function collect(
  letters: string,
  from: number,
  pieces: number,
  before: readonly string[],
  found: string[][],
  limit: number,
  barren: Set<string>,
): boolean {
  if (from === letters.length && pieces === 0) {
    if (found.length < limit) found.push([...before]);
    return true;
  }
  if (from === letters.length || pieces === 0 || barren.has(`${from}/${pieces}`)) return false;
  let any = false;
  for (let to = Math.min(from + LONGEST, letters.length); to > from && found.length < limit; to--) {
    if (!isPiece(letters, from, to)) continue;
    any = collect(letters, to, pieces - 1, [...before, letters.slice(from, to)], found, limit, barren) || any;
  }
  if (!any) barren.add(`${from}/${pieces}`);
  return any;
}

// fewest[i]: into how few pieces the letters from i on can be parted; Infinity when they cannot.
function fewestPieces(letters: string, allowed: (from: number, to: number) => boolean): number[] {
  const fewest = new Array<number>(letters.length + 1).fill(Infinity);
  fewest[letters.length] = 0;
  for (let from = letters.length - 1; from >= 0; from--) {
    for (let to = from + 1; to <= Math.min(from + LONGEST, letters.length); to++) {
      if (allowed(from, to)) fewest[from] = Math.min(fewest[from] ?? Infinity, 1 + (fewest[to] ?? Infinity));
    }
  }
  return fewest;
}

/** `initial`: it stands for any syllable that begins so, or for the character itself. */
export interface Piece {
  readonly text: string;
  readonly initial: boolean;
}

/**
 * Typed characters read as syllables and initials in turn, in as few pieces as can be, the last of which may be
 * unfinished: kzhao -> k, zhao; n95kouzh -> n, 9, 5, kou, zh.
 */
export function mixedSpelling(word: string): Piece[] {
  const fewest = fewestPieces(word, (from, to) => isMixedPiece(word, from, to));
  const pieces: Piece[] = [];
  for (let from = 0; from < word.length;) {
    let to = Math.min(from + LONGEST, word.length);
    while (!isMixedPiece(word, from, to) || fewest[from] !== 1 + (fewest[to] ?? 0)) to--;
    const text = word.slice(from, to);
    pieces.push({ text, initial: isInitial(text) });
    from = to;
  }
  return pieces;
}

const isInitial = (piece: string): boolean => piece.length === 1 || /^[zcs]h$/.test(piece);
const isMixedPiece = (word: string, from: number, to: number): boolean =>
  isInitial(word.slice(from, to)) || isPiece(word, from, to);
