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
review-line-lost = انقطع الخط، شوهد لاحقاً
review-line-lost-at = انقطع الخط { $time }، شوهد لاحقاً
review-line-back = عاد الخط
review-line-back-at = عاد الخط { $time }، أُعيد إرسال { $replayed }
review-peak = الذروة { $highest }
review-events-from-to-outages = { $total } حدثاً من { $time } إلى { $time2 }، { $n } انقطاعات
review-outage-here = انقطاع هنا
review-replayed-missing = أُعيد إرسال { $replayed }، ناقص { $missing }
review-search-the-record = ابحث في السجل
review-words-or-hall-gh-sev = كلمات، أو hall:GH sev:high by:GH-A in:incident late
review-of-ms = { $total } من { $held } · { $ms } ms
review-show-what-is-new = اعرض الجديد
review-replayed-missing-kept-here = { $span }، أُعيد إرسال { $replayed }، ناقص { $missing }، محفوظ هنا { $kept }
review-review = المراجعة
review-at-this-station = { $n ->
    [one] انقطاع واحد في هذه المحطة
    [two] انقطاعان في هذه المحطة
    [few] { $n } انقطاعات في هذه المحطة
   *[other] { $n } انقطاعاً في هذه المحطة
}
review-reading-the-record = قراءة السجل.
review-now = الآن
review-export = تصدير CSV
review-export-lines = JSON Lines
review-moment = لحظة من السجل
review-up-to-here = حتى هنا
review-from-here = من هنا
review-board-then = المتابعة كما كانت حينها
