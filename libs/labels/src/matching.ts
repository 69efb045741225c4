import type { Label } from './label';

const listingRefusals: Record<string, Label> = {
  'listing-unknown': { zh: '没有这条需求', en: 'there is no such listing' },
  'listing-id-taken': { zh: '这个编号已用于另一条需求', en: 'this id belongs to another listing' },
  'not-your-listing': { zh: '这条需求不是贵企业发布的', en: 'this listing is not yours' },
  'listing-not-draft': { zh: '这条需求已不是草稿', en: 'this listing is no draft any more' },
  'listing-draft': { zh: '这条需求还是草稿，尚未发布', en: 'this listing is still a draft' },
  'listing-cancelled': { zh: '这条需求已撤销', en: 'this listing was cancelled' },
  'listing-concluded': { zh: '这条需求已结束定标', en: 'this listing is concluded' },
  'registration-not-confirmed': {
    zh: '贵企业的注册尚未经工信部门确认，暂不能办理',
    en: 'your registration has not been confirmed by the office',
  },
  'not-a-lead-firm': {
    zh: '贵企业今天不在有效的龙头企业名单上，不能发布需求',
    en: 'your firm is on no list of lead firms that is valid today',
  },
  'quantity-missing': { zh: '没有数量，不能发布', en: 'a listing without a quantity cannot be published' },
  'terms-missing': { zh: '还缺以下各项：{fields}', en: 'these terms are missing: {fields}' },
  'deadline-not-to-the-minute': { zh: '截止时间须精确到分', en: 'a deadline is a date and a minute' },
  'deadline-not-ahead': { zh: '截止时间须晚于现在', en: 'the deadline must lie ahead' },
  'deadline-only-extended': {
    zh: '已有企业报价，期限只能延长，不能提前',
    en: 'after the first offer a deadline may only be extended',
  },
  'delivery-before-close': {
    zh: '交货日期不得早于报价截止日',
    en: 'the delivery date must not lie before the close of quoting',
  },
  'invited-missing': { zh: '仅受邀企业可见的需求须列明受邀企业', en: 'name the invited enterprises' },
  'term-fixed-by-offers': {
    zh: '已有企业报价，此项（{field}）不能再改；可以撤销重发',
    en: 'offers rest on this term ({field}); cancel and republish to change it',
  },
  'cancel-after-acceptance': {
    zh: '已有企业接单，不能撤销',
    en: 'a listing cannot be cancelled after the first acceptance',
  },
  'reason-text-missing': { zh: '选择“其他”时请写明原因', en: 'say what the other reason is' },
  'second-person-needed': {
    zh: '须由另一位同事批准，提出人不能自己批准',
    en: 'another person of the firm must approve it, not the one who proposed it',
  },
  'proposal-unknown': {
    zh: '没有这项待批准的操作，可能已被更改或处理',
    en: 'no such act waits for approval; it may have been changed or settled',
  },
};

const offerRefusals: Record<string, Label> = {
  'own-listing': { zh: '不能对本企业的需求报价或提问', en: 'this is your own listing' },
  'pledge-missing': { zh: '须先签署保密承诺', en: 'give the confidentiality pledge first' },
  'deadline-passed': { zh: '报价已截止', en: 'the deadline has passed' },
  'quoting-closed': { zh: '报价已结束', en: 'quoting is closed' },
  'quoting-open': { zh: '报价尚未结束', en: 'quoting is still open' },
  'offer-unknown': { zh: '没有这份报价', en: 'there is no such offer' },
  'offer-id-taken': { zh: '这个编号已用于另一份报价', en: 'this id belongs to another offer' },
  'offer-not-standing': { zh: '这份报价已撤回或已作废', en: 'this offer was withdrawn or is void' },
  'offer-standing-already': {
    zh: '贵企业已有一份有效报价，请修改它',
    en: 'you have a standing offer here; revise that one',
  },
  'offer-exceeds-demand': { zh: '报价数量超过需求数量', en: 'the offer is for more than is asked for' },
  'parts-not-accepted': { zh: '这条需求不接受部分数量', en: 'this listing takes no part quantities' },
  'minimum-lot-exceeds-offer': { zh: '起订量超过报价数量', en: 'the minimum lot is above the quantity offered' },
  'early-close-not-allowed': {
    zh: '发布时没有约定可以提前结束报价',
    en: 'the listing did not allow an early close',
  },
  'second-round-once': { zh: '二次报价只能进行一次', en: 'there is one second round only' },
  'second-round-open': { zh: '二次报价尚未结束', en: 'the second round is still open' },
  'awarding-begun': { zh: '已开始定标，不能再二次报价', en: 'awarding has begun; no second round any more' },
  'offers-missing': { zh: '请选择参加二次报价的企业', en: 'name the offers of the second round' },
  'price-higher': { zh: '二次报价不得高于原报价', en: 'a second price must not be above the first' },
  'terms-worse': {
    zh: '二次报价的数量、税率、交期、起订量不得差于原报价',
    en: 'the terms of a second round must not be worse than those of the first',
  },
};

const awardRefusals: Record<string, Label> = {
  'shares-missing': { zh: '请至少填写一份中选份额', en: 'award at least one share' },
  'share-id-taken': { zh: '这个编号已用于另一份份额', en: 'this id belongs to another share' },
  'share-unknown': { zh: '没有这份中选份额', en: 'there is no such share' },
  'rest-exceeds-share': {
    zh: '退回的数量超过这份中选份额现有的数量',
    en: 'more is given back than the share holds',
  },
  'share-not-open': { zh: '这份中选份额已有结果', en: 'this share is settled already' },
  'share-quantity-not-positive': { zh: '份额数量须大于 0', en: 'the quantity of a share is above zero' },
  'offer-chosen': { zh: '同一份报价不能既中选又未中选', en: 'an offer cannot be both awarded and not chosen' },
  'award-exceeds-offer': { zh: '定标数量超过该报价的数量', en: 'the award is for more than was offered' },
  'award-exceeds-demand': { zh: '定标数量合计超过需求数量', en: 'the awards are for more than is asked for' },
  'below-minimum-lot': { zh: '份额少于该报价的起订量', en: "the share is below the offer's minimum lot" },
  'whole-or-nothing': { zh: '这条需求须整体定标', en: 'this listing is awarded whole or not at all' },
  'supplier-not-confirmed': {
    zh: '该企业的注册尚未经工信部门确认，暂不能定标给它',
    en: "the office has not confirmed this supplier's registration",
  },
  'term-passed': { zh: '接单期限已过', en: 'the term for accepting has passed' },
  'reminder-missing': { zh: '尚未提醒，不能作逾期处理', en: 'nothing lapses before a recorded reminder' },
  'shares-open': { zh: '还有份额等待接单，不能结束定标', en: 'shares are still waiting for an answer' },
  'question-id-taken': { zh: '这个编号已用于另一个问题', en: 'this id belongs to another question' },
  'question-unknown': { zh: '没有这个问题', en: 'there is no such question' },
  'question-answered': { zh: '这个问题已答复', en: 'this question has been answered' },
};

const catalogueRefusals: Record<string, Label> = {
  'catalogue-unknown': { zh: '没有这个目录', en: 'there is no such catalogue' },
  'catalogue-id-taken': { zh: '这个编号已用于另一个目录', en: 'this id belongs to another catalogue' },
  'not-your-catalogue': { zh: '这个目录不是贵企业的', en: 'this catalogue is not yours' },
  'catalogue-not-draft': { zh: '这个目录已不是草稿', en: 'this catalogue is no draft any more' },
  'catalogue-discarded': { zh: '这个目录已废弃', en: 'this catalogue was discarded' },
  'catalogue-empty': { zh: '目录中还没有内容', en: 'the catalogue is empty' },
  'catalogue-full': { zh: '一个目录最多 {most} 项', en: 'a catalogue holds at most {most} items' },
  'catalogue-chunk-too-large': { zh: '一次最多加入 {most} 项', en: 'at most {most} items at once' },
  'catalogue-kind-differs': {
    zh: '需求目录只收需求，产品目录只收产品',
    en: 'a demand catalogue holds listings, a promotion catalogue products',
  },
  'catalogue-item-published': { zh: '已发布的内容不能移出目录', en: 'what is published stays in its catalogue' },
  'period-reversed': { zh: '结束日期早于开始日期', en: 'the period ends before it begins' },
  'promotion-unknown': { zh: '没有这个产品', en: 'there is no such product' },
  'promotion-id-taken': { zh: '这个编号已用于另一个产品', en: 'this id belongs to another product' },
  'not-your-promotion': { zh: '这个产品不是贵企业的', en: 'this product is not yours' },
  'promotion-voided': { zh: '这个产品已作废', en: 'this product is void' },
  'price-range-reversed': { zh: '最高价低于最低价', en: 'the highest price is below the lowest' },
  'minimum-lot-exceeds-capacity': { zh: '起订量超过月产能', en: 'the minimum lot is above the monthly capacity' },
};

const checkRefusals: Record<string, Label> = {
  'match-unknown': { zh: '没有这次对接', en: 'there is no such match' },
  'check-unknown': { zh: '没有这次核查', en: 'there is no such check' },
  'draw-id-taken': { zh: '这个编号已用于另一次抽查', en: 'this id belongs to another draw' },
  'check-open': { zh: '这次对接正在核查中', en: 'a check of this match is open already' },
  'check-concluded': { zh: '这次核查已有结论', en: 'this check is concluded' },
  'statement-not-asked': { zh: '这次核查没有请贵企业说明', en: 'no statement was asked of your firm' },
  'firms-not-heard': {
    zh: '认定不属实之前须先请双方企业说明',
    en: 'both firms must be asked before a match is found untrue',
  },
};

const formRefusals: Record<string, Label> = {
  'line-twice': { zh: '同一条需求列了两次', en: 'a listing stands twice among the lines' },
  'attachment-not-uploaded': { zh: '请先上传这个文件', en: 'upload this file first' },
  'attachment-differs': { zh: '文件内容与上传的不一致', en: 'this is not the hash of the file that was uploaded' },
};

export const matchingRefusals: Record<string, Label> = {
  ...listingRefusals,
  ...offerRefusals,
  ...awardRefusals,
  ...catalogueRefusals,
  ...checkRefusals,
  ...formRefusals,
};

const listingLabels: Record<string, Record<string, Label>> = {
  'listing-kind': {
    purchase: { zh: '采购产品', en: 'purchase' },
    'material-sale': { zh: '销售原料', en: 'material sale' },
    'product-transfer': { zh: '转让产品', en: 'product transfer' },
  },
  'listing-status': {
    draft: { zh: '草稿', en: 'draft' },
    discarded: { zh: '已废弃', en: 'discarded' },
    quoting: { zh: '报价中', en: 'quoting' },
    closed: { zh: '待定标', en: 'closed' },
    'partly-awarded': { zh: '部分定标', en: 'partly awarded' },
    awarded: { zh: '已定标', en: 'awarded' },
    unfilled: { zh: '未成交', en: 'unfilled' },
    cancelled: { zh: '已撤销', en: 'cancelled' },
  },
  'supply-mode': {
    goods: { zh: '包工包料', en: 'goods' },
    processing: { zh: '来料加工', en: 'processing' },
  },
  'invoice-type': {
    special: { zh: '专票', en: 'special invoice' },
    ordinary: { zh: '普票', en: 'ordinary invoice' },
  },
  visibility: {
    public: { zh: '公开', en: 'public' },
    verified: { zh: '已核验企业', en: 'verified enterprises' },
    invited: { zh: '受邀企业', en: 'invited enterprises' },
    pledge: { zh: '签保密承诺后', en: 'after a confidentiality pledge' },
  },
  'cancel-reason': {
    'no-longer-needed': { zh: '不再需要', en: 'no longer needed' },
    'terms-wrong': { zh: '条款有误', en: 'terms were wrong' },
    'supply-found': { zh: '已另行落实', en: 'supply found elsewhere' },
    republished: { zh: '撤销重发', en: 'cancelled and republished' },
    other: { zh: '其他', en: 'other' },
  },
};

const awardLabels: Record<string, Record<string, Label>> = {
  'offer-state': {
    standing: { zh: '有效', en: 'standing' },
    withdrawn: { zh: '已撤回', en: 'withdrawn' },
    voided: { zh: '已作废', en: 'void' },
  },
  'share-state': {
    offered: { zh: '待接单', en: 'offered' },
    accepted: { zh: '已接单', en: 'accepted' },
    declined: { zh: '已谢绝', en: 'declined' },
    lapsed: { zh: '逾期失效', en: 'lapsed' },
    cancelled: { zh: '已撤销', en: 'cancelled' },
    voided: { zh: '已作废', en: 'void' },
  },
  'award-reason': {
    price: { zh: '价格', en: 'price' },
    delivery: { zh: '交期', en: 'delivery date' },
    quality: { zh: '质量', en: 'quality' },
    capacity: { zh: '产能', en: 'capacity' },
    record: { zh: '履约记录', en: 'delivery record' },
    nearby: { zh: '就近', en: 'nearby' },
    spread: { zh: '分散供应', en: 'spread over suppliers' },
    'only-offer': { zh: '唯一报价', en: 'the only offer' },
    other: { zh: '其他', en: 'other' },
  },
  'loss-reason': {
    price: { zh: '价格', en: 'price' },
    delivery: { zh: '交期', en: 'delivery date' },
    quantity: { zh: '数量', en: 'quantity' },
    quality: { zh: '质量', en: 'quality' },
    record: { zh: '履约记录', en: 'delivery record' },
    'others-chosen': { zh: '已选其他报价', en: 'other offers were chosen' },
    'no-award': { zh: '未成交', en: 'nothing was awarded' },
  },
  'decline-reason': {
    capacity: { zh: '产能不足', en: 'no capacity' },
    material: { zh: '缺少原料', en: 'no material' },
    terms: { zh: '条款不合适', en: 'the terms do not suit' },
    quantity: { zh: '数量不合适', en: 'the quantity does not suit' },
    other: { zh: '其他', en: 'other' },
  },
};

export const matchingLabels: Record<string, Record<string, Label>> = {
  ...listingLabels,
  ...awardLabels,
  'catalogue-kind': {
    demand: { zh: '产品需求目录', en: 'demand catalogue' },
    promotion: { zh: '产品推介目录', en: 'promotion catalogue' },
  },
  'catalogue-status': {
    draft: { zh: '草稿', en: 'draft' },
    publishing: { zh: '发布中', en: 'publishing' },
    published: { zh: '已发布', en: 'published' },
    discarded: { zh: '已废弃', en: 'discarded' },
  },
  'promotion-status': {
    draft: { zh: '草稿', en: 'draft' },
    published: { zh: '已发布', en: 'published' },
    withdrawn: { zh: '已撤下', en: 'withdrawn' },
    voided: { zh: '已作废', en: 'void' },
  },
  'match-state': {
    offered: { zh: '已报价', en: 'offered' },
    withdrawn: { zh: '已撤回', en: 'withdrawn' },
    awarded: { zh: '待接单', en: 'awarded' },
    accepted: { zh: '已接单', en: 'accepted' },
    declined: { zh: '已谢绝', en: 'declined' },
    lapsed: { zh: '逾期失效', en: 'lapsed' },
    'not-chosen': { zh: '未中选', en: 'not selected' },
    cancelled: { zh: '已撤销', en: 'cancelled' },
    voided: { zh: '已作废', en: 'void' },
  },
  'offer-result': {
    quoting: { zh: '报价中', en: 'quoting' },
    awaiting: { zh: '待定标', en: 'awaiting the award' },
    chosen: { zh: '已中选', en: 'selected' },
    'not-chosen': { zh: '未中选', en: 'not selected' },
    none: { zh: '无结果', en: 'no result' },
  },
  'fit-reason': {
    'same-product': { zh: '同一产品', en: 'the same product' },
    'product-contained': { zh: '产品名称相符', en: 'the product is named' },
    'product-alike': { zh: '产品相近', en: 'a like product' },
    'same-industry': { zh: '同一行业', en: 'the same industry' },
    'industry-near': { zh: '行业相近', en: 'a near industry' },
    'same-area': { zh: '同一地区', en: 'the same area' },
    'capacity-whole': { zh: '产能足够', en: 'capacity for the whole' },
    'capacity-part': { zh: '产能可供一部分', en: 'capacity for a part' },
  },
  'consequence-act': {
    amend: { zh: '变更条款', en: 'amend' },
    extend: { zh: '延长截止时间', en: 'extend the deadline' },
    cancel: { zh: '撤销', en: 'cancel' },
    republish: { zh: '撤销重发', en: 'cancel and republish' },
    close: { zh: '提前截止', en: 'close early' },
    'second-round': { zh: '二次报价', en: 'second round' },
    conclude: { zh: '结束定标', en: 'conclude' },
  },
  'term-change': {
    free: { zh: '可以更改', en: 'may be changed' },
    eased: { zh: '只能放宽', en: 'may only be eased' },
    fixed: { zh: '不能更改', en: 'fixed' },
  },
  'terms-ended': {
    superseded: { zh: '已修改', en: 'superseded' },
    withdrawn: { zh: '已撤回', en: 'withdrawn' },
    voided: { zh: '已作废', en: 'void' },
  },
  'story-side': {
    lead: { zh: '龙头企业', en: 'lead firm' },
    supplier: { zh: '协作配套中小企业', en: 'supporting SME' },
    office: { zh: '工信部门', en: 'office' },
    process: { zh: '系统自动', en: 'process' },
    hidden: { zh: '不公开', en: 'hidden' },
  },
  'check-cause': {
    'for-cause': { zh: '有因核查', en: 'for cause' },
    drawn: { zh: '抽查', en: 'drawn' },
  },
  'check-side': {
    lead: { zh: '龙头企业', en: 'lead firm' },
    supplier: { zh: '协作配套中小企业', en: 'supporting SME' },
  },
  'check-result': {
    open: { zh: '核查中', en: 'open' },
    clear: { zh: '无异常', en: 'clear' },
    doubtful: { zh: '存疑', en: 'doubtful' },
    untrue: { zh: '不属实', en: 'untrue' },
  },
};
