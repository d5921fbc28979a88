review-event = الحدث
review-happened = وقع
review-the-server = الخادم
review-written-on = كُتب في { $stationCode }
review-server-took-it = استلمه الخادم
review-seen-here = شوهد هنا
review-event-2 = الحدث { $seq }
review-replayed = أُعيد إرساله
review-console = البرنامج
review-clock-of-the-station = ساعة المحطة
review-open-incident = افتح الحادث
review-copy = نسخ
review-what = ماذا
review-station-by = المحطة، بواسطة
review-number = الرقم
review-nothing-in-the-record-matches = لا شيء في السجل مطابق.
review-events = الأحداث
review-line-lost = انقطع الاتصال في هذه المحطة. ما يلي شوهد لاحقاً.
review-line-lost-for = انقطع الاتصال في هذه المحطة. ما يلي شوهد متأخراً حتى { $span }.
review-line-back = عاد الاتصال.
review-line-back-with = عاد الاتصال. أُعيد إرسال { $replayed }{ $missing ->
    [0] {""}
   *[other] ، ناقص { $missing }
}{ $kept ->
    [0] .
   *[other] ، أُرسلت التقارير المكتوبة هنا: { $kept }.
}
review-gap-events = { $n ->
    [zero] لا أحداث
    [one] حدث واحد
    [two] حدثان
    [few] { $n } أحداث
    [many] { $n } حدثاً
   *[other] { $n } حدث
}
review-events-from-to-outages = { $total } حدثاً من { $time } إلى { $time2 }، { $n } انقطاعات
review-outage-here = انقطاع هنا
review-replayed-missing = أُعيد إرسال { $replayed }، ناقص { $missing }
review-search-the-record = ابحث في السجل
review-words-or-hall-gh-sev = كلمات، أو hall:GH sev:high by:GH-A in:incident late
review-of-ms = { $total } من { $held } · { $ms } م.ث
review-show-what-is-new = اعرض الجديد
review-replayed-missing-kept-here = { $span }، أُعيد إرسال { $replayed }، ناقص { $missing }، محفوظ هنا { $kept }
review-review = المراجعة
review-reading-the-record = قراءة السجل.
review-now = الآن
review-export = تصدير CSV
review-export-lines = JSON Lines
review-moment = لحظة من السجل
review-up-to-here = حتى هنا
review-from-here = من هنا
review-board-then = المتابعة كما كانت حينها
review-filters = المرشحات
review-without = دون { $name } { $values }
review-token-hall = القاعة
review-token-sev = الخطورة
review-token-by = المحطة
review-token-in = عن
review-token-outage = انقطاع
review-token-late = شوهد متأخراً
review-channel-script-submission = الأوراق
review-channel-batch-update = الحزم
review-channel-exam-timetable = الجدول
review-channel-incident = الحوادث
review-channel-notification = الإشعارات
review-channel-exam-logistics = الجلسات والقاعات
review-channel-exam-checkin = المرشحون
review-channel-custody = الحيازة
review-channel-station = المحطات
review-recorded-as = في السجل: { $text }
review-per-bar = أحداث كل { $length }، الذروة { $highest }
review-memory-begins = تتذكر هذه المحطة ما بعد { $day }، { $time }، وكذلك الحالات المفتوحة وغير المقروءة من قبل. الباقي لدى الخادم.
review-outages = انقطاعات
review-no-outages = لا انقطاعات هنا
review-seen-at = شوهد هنا، { $code }
