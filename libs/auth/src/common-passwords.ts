// Own list: what is tried first against Chinese sites, and the words of this platform's trade. Lower case.
export const COMMON_PASSWORDS: readonly string[] =
  `123456 123456789 12345678 password qwerty 1234567890 111111 123123 abc123 password1 iloveyou 000000
   1q2w3e4r 1qaz2wsx qwertyuiop qazwsx qazwsxedc asdfghjkl asdfgh zxcvbnm zxcvbn 5201314 woaini woaini1314
   woaini520 1314520 520520 aini1314 888888 666666 88888888 66666666 11111111 00000000 a123456 a12345678
   aa123456 abc123456 abcd1234 qq123456 woaiwojia zhang123 wang123 li123456 123456a 123456abc 123qwe qwe123
   1qazxsw2 q1w2e3r4 admin admin123 administrator root toor guest test test123 user welcome welcome1 letmein
   monkey dragon master sunshine princess football baseball superman batman trustno1 hello123 login changeme
   default secret passw0rd pass1234 p@ssw0rd p@ssword qwer1234 asdf1234 zxcv1234 1234qwer 1a2b3c4d a1b2c3d4
   147258369 159357 147258 789456123 987654321 123321 112233 121212 123654 654321 321321 101010 131313
   222222 333333 444444 555555 777777 999999 99999999 55555555 12341234 11223344 123456789a 123456789q
   1234567891 12345678910 asd123456 asdasd asdasdasd qweqwe qweasd qweasdzxc qweasd123 wasd1234 google baidu
   taobao alibaba tencent weixin wechat huawei xiaomi china zhongguo beijing shanghai fujian jinjiang shishi
   nanan huian anxi dehua yongchun fengze licheng luojiang quangang gongxinju caizhengju gongxin longtou
   xiezuo pingtai summer winter spring autumn qwerty123 qwerty1 iloveyou1 computer internet charlie michael
   jordan michelle ashley shadow freedom whatever starwars cheese killer pepper hunter buster soccer hockey
   george andrew harley ranger daniel matrix mustang jennifer jessica nicole biteme access flower cookie
   ginger hottie lovely tinkle abcdef abcdefg abcdefgh abcdefghij abcabc aaaaaa aaaaaaaa zzzzzz zzzzzzzz
   1111111111 0000000000 8888888888 6666666666 0123456789 9876543210 1357924680 2468101214 qwertyui
   poiuytrewq lkjhgfdsa mnbvcxz 3edc4rfv 1q2w3e 1q2w3e4r5t zaq12wsx xsw21qaz !qaz2wsx !@#$%^ !@#$%^&* mima
   mima123 mima123456 wodemima gongsi caiwu xiaoshou chejian kehu laoban zongjingli`.split(/\s+/);
