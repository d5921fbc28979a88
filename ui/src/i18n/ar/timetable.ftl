timetable-candidates = طلاب
timetable-clash = تعارض: { $text }
timetable-seats = { $seats } مقعداً
timetable-halls-and-times = القاعات والأوقات
timetable-hall = القاعة
timetable-chief = الرئيس
timetable-not-here-yet = لم يحضر بعد
timetable-on-duty = المناوبون
timetable-of-here = حضر { $here } من { $n }
timetable-not-here-yet-2 = لم يحضروا بعد
timetable-candidates-2 = { $time } – { $time2 }، { $name }، { $expected } طالباً
timetable-given-back = أُعيد
timetable-min = { $addedSec } د
timetable-batch = الدفعة
timetable-seats-and-candidates = المقاعد والطلاب
timetable-clashes = تعارضات
timetable-clashes-on-this-day = تعارضات هذا اليوم
timetable-changes = التغييرات
timetable-paper = المادة
timetable-version = النسخة { $revision }، { $timetableStatus }
timetable-papers = { $n ->
    [one] مادة واحدة
    [two] مادتان
    [few] { $n } مواد
   *[other] { $n } مادة
}
timetable-day-before = اليوم السابق
timetable-today = اليوم
timetable-day-after = اليوم التالي
timetable-timetable = الجدول
timetable-nothing-is-planned-yet = لا شيء مقرر بعد
timetable-papers-come-from-the-server = تصل المواد من الخادم عند وضع جدول.
timetable-days = الأيام
timetable-here = حاضر
timetable-view = العرض
timetable-view-day = يوم
timetable-view-fortnight = أسبوعان
timetable-view-list = قائمة
timetable-fortnight = مواد أسبوعين
timetable-list = المواد كقائمة
timetable-head-day = اليوم
timetable-head-time = الوقت
timetable-head-paper = المادة
timetable-head-hall = القاعة
timetable-head-candidates = الطلاب
timetable-head-state = الحالة
timetable-not-confirmed = لم يؤكدوا النسخة { $revision }
timetable-and-more = و { $n } غيرهم
timetable-moved = نُقل
timetable-moved-to = { $code } نُقل إلى { $hall }
timetable-from-to = { $from } ← { $to }
timetable-seating = المقاعد
timetable-move = نقل إلى قاعة أخرى
timetable-move-to = إلى
timetable-move-say = ما يقرؤه المعنيون
timetable-move-words = يُنقل { $code } إلى { $hall }
timetable-move-now = نقل
timetable-move-done = تم النقل
