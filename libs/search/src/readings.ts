import { pinyin } from 'pinyin-pro';

/** One text as it is read: an element for every character, a syllable for a Han character, itself for any other. */
export type Reading = readonly string[];

// Characters of goods' names that people read in two ways where the dictionary, which goes by context, must choose one.
const SECOND_READINGS = new Map(
  `长chang/zhang 重zhong/chong 行xing/hang 调tiao/diao 弹dan/tan 壳ke/qiao 薄bo/bao 传chuan/zhuan 轧zha/ya 盛sheng/cheng
  露lu/lou 剥bo/bao 削xiao/xue 血xue/xie 便bian/pian 藏cang/zang 熨yun/yu 泊bo/po 圈quan/juan 参can/shen 柏bai/bo 模mo/mu
  绿lv/lu 刨pao/bao 扎za/zha 粘zhan/nian 磅bang/pang 曝bao/pu 率lv/shuai 脯fu/pu 卡ka/qia 炮pao/bao 校xiao/jiao 折zhe/she
  核he/hu 系xi/ji 角jiao/jue 降jiang/xiang 仔zi/zai 鞘qiao/shao 熟shu/shou 塞sai/se 色se/shai 车che/ju 乐le/yue`
    .split(/\s+/)
    .map((entry) => [entry.slice(0, 1), entry.slice(1).split('/')] as const),
);
const MOST_SECOND_READINGS = 3;

/** How a canonical text is read, by context first; then, one character at a time, as it is also read. */
export function readingsOf(text: string): readonly Reading[] {
  const first = readingOf(text);
  const readings: Reading[] = [first];
  const characters = Array.from(text);
  for (const [at, character] of characters.entries()) {
    for (const other of SECOND_READINGS.get(character) ?? []) {
      if (other === first[at] || readings.length > MOST_SECOND_READINGS) continue;
      readings.push(first.with(at, other));
    }
  }
  return readings;
}

function readingOf(text: string): Reading {
  const characters = Array.from(text);
  if (!/\p{Script=Han}/u.test(text)) return characters;
  const options = { toneType: 'none', type: 'array', v: true } as const;
  const read = pinyin(text, options);
  const aligned =
    read.length === characters.length ? read : characters.flatMap((one) => pinyin(one, options).slice(0, 1));
  return aligned.map((syllable, at) => spelled(syllable, characters[at] ?? ''));
}

function spelled(syllable: string, character: string): string {
  if (!/^[a-zê]+$/.test(syllable)) return character;
  return syllable.replace(/^([ln])ve$/, '$1ue').replace('ê', 'ei');
}
