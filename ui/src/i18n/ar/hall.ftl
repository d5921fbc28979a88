hall-stop-writing-at = { $time } التوقف عن الكتابة عند { $end }
hall-individual-finish-times = أوقات انتهاء فردية
hall-until = { $seat } حتى { $time }
hall-and-more = و { $rest } غيرها
hall-you-have-minutes-left = بقي لكم { $minutes } دقيقة.
hall-minutes-were-announced = أُعلنت { $minutes } دقيقة
hall-the-register-is-complete = الكشف مكتمل
hall-announce-min = إعلان { $minutes } د
hall-register-is-complete = الكشف مكتمل
hall-go-on-writing = متابعة الكتابة
hall-hall-clock = ساعة القاعة
hall-time-left = الوقت المتبقي
hall-in = حضور
hall-absent = غياب
hall-out = خارج
hall-goes-out = خارج
hall-scripts-in = أوراق مستلمة
hall-reported-from-this-hall = بلاغات هذه القاعة
hall-waiting = { $waiting } منتظرة
hall-nothing-so-far = لا شيء حتى الآن.
hall-seat-and-reports = المقعد والبلاغات
hall-hall-view = عرض القاعة
hall-no-hall-is-yours-today = لا قاعة لك اليوم
hall-halls-come-from-the-timetable = القاعات من الجدول. المتابعة تعرضها كلها.
hall-min-late = ، متأخر { $minutesLate } د
hall-more-time = ، { $extraTimePct } % وقت إضافي
hall-out-for = ، خارج منذ { $span }
hall-seat = المقعد { $name }
hall-report-incident = الإبلاغ عن حادث
hall-back = عاد
hall-script-in = ورقة مستلمة
hall-for-min = منذ { $n } د
hall-incident = حادث: { $title }
hall-seat-2 = المقعد { $place }، { $name }، { $what }
hall-front-of-hall = مقدمة القاعة ↑
hall-seats = المقاعد
hall-after = بعد { $span }
hall-back-2 = { $name } عاد { $after }
hall-out-2 = { $name } خرج
hall-script-of-in = ورقة { $name } مستلمة
hall-checked-in = سُجل حضور { $name }
hall-seat-state-writing = يكتب
hall-seat-state-expected = لم يحضر بعد
hall-seat-state-absent = غائب
hall-seat-state-out = خارج
hall-seat-state-in = ورقة مستلمة
hall-seat-state-incident = حادث
hall-refused = رُفض دخول { $name }
hall-admitted = سُمح بدخول { $name }
hall-why-admitted = سبب السماح بالدخول رغم ذلك
hall-admit = السماح بالدخول
hall-admit-with-form = السماح بالدخول مع نموذج المجلس
hall-head-count = عدّ الحاضرين
hall-counted = { $n ->
    [one] عُدّ حاضر واحد
    [two] عُدّ حاضران
    [few] عُدّ { $n } حاضرين
   *[other] عُدّ { $n } حاضراً
}
hall-count-differs = العدّ { $n }، والكشف يقول { $present }
hall-keep-count = احفظ العدّ
hall-log = سجل القاعة
hall-writing-stops = توقف الكتابة
hall-clock-window = نافذة الساعة
hall-no-window = تعذر فتح نافذة ثانية.
hall-door = عند الباب
hall-index-number = رقم القيد
hall-let-in = إدخال
hall-asked-where = { $number } ليس في هذا السجل: جارٍ السؤال عن مكانه
hall-known-already = { $name } مسجَّل حضوره من قبل
hall-strays = المحوَّلون إلى قاعة أخرى
hall-sync = { $sync ->
    [sending] يُرسل
    [attention] بحاجة إليك
   *[kept] بالانتظار
}
hall-before = قبل البداية
hall-ready = القاعة جاهزة
hall-not-ready = ليست جاهزة: { $missing }
hall-missing-people = لم يحضر { $n } من { $all } مراقبين
hall-missing-papers = لم تُستلم أوراق الأسئلة
hall-here-since = هنا منذ { $time }
hall-not-here-yet = لم يحضر بعد
hall-has-come = حضر
hall-has-come-of = حضر { $name }
hall-is-here = { $name } هنا
hall-question-papers = أوراق الأسئلة
hall-packet-seal = ختم الحزمة
hall-papers-received = استُلمت والختم سليم
hall-papers-text = استُلمت أوراق أسئلة { $course }، ختم الحزمة { $seal } سليم
hall-papers-signed = { $count } ورقة أسئلة، استلام { $time }، { $name }
hall-give-back = ردّ { $span }
hall-for-pauses = توقفات مدتها { $span }
hall-given-back = رُدّت { $span }
