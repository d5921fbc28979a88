monitor-incidents = الحوادث
monitor-it-is-quiet-what-happens = الوضع هادئ. ما يحدث في القاعات يظهر هنا.
monitor-as-of = حتى { $time }
monitor-show-the-incidents-of-all = اعرض حوادث كل القاعات
monitor-show-the-incidents-of-this = اعرض حوادث هذه القاعة فقط
monitor-in = حضور
monitor-abs = غياب
monitor-out = خارج
monitor-inv = مراقبون
monitor-hall = القاعة
monitor-paper = المادة
monitor-time = الوقت
monitor-state = الحالة
monitor-as-of-2 = حتى { $time }
monitor-halls = القاعات
monitor-of = { $FEW } من { $n }
monitor-all = الكل { $n }
monitor-all-halls = كل القاعات
monitor-the-halls-come-with-the = تصل القاعات مع النسخة الأولى.
monitor-no-sitting-is-planned-the = لا امتحان مقرر. الجدول من الخادم.
monitor-press-to-report-an-incident = اضغط { $n } للإبلاغ عن حادث.
monitor-monitor = المتابعة
monitor-opening-the-copy-on-this = فتح النسخة في هذه المحطة
monitor-begins-in = يبدأ خلال
monitor-time-left = الوقت المتبقي
monitor-halls-reporting = قاعات متصلة
monitor-of-2 = من { $size }
monitor-session = الفترة
monitor-checked-in = الحاضرون
monitor-of-3 = من { $session }
monitor-absent = الغائبون
monitor-out-of-hall = خارج القاعة
monitor-scripts-in = أوراق مستلمة
monitor-of-4 = من { $present }
monitor-open-incidents = حوادث مفتوحة
monitor-critical = { $critical } حرجة
monitor-of-invigilators = { $here } من { $n } مراقبين
monitor-min = { $extra } د
monitor-to = { $time } إلى { $time2 }
monitor-incidents-2 = { $n ->
    [one] حادث واحد
    [two] حادثان
    [few] { $n } حوادث
   *[other] { $n } حادثاً
}
monitor-of-checked-in = { $courseCode }، { $times }، { $present } من { $expected } حضروا، { $count }، { $state }
monitor-silent-min = صامتة منذ { $now } د
monitor-from = من { $time }
monitor-doors-open = الأبواب مفتوحة
monitor-left = { $ms } متبقٍ
monitor-time-is-up = انتهى الوقت
monitor-paused = متوقف
monitor-in-2 = استلام { $scriptsCollected } من { $present }
monitor-counting = العدّ
monitor-closed = مغلقة
monitor-cancelled = ملغاة
monitor-postponed = مؤجلة
monitor-morning-session = الفترة الصباحية
monitor-afternoon-session = فترة بعد الظهر
monitor-evening-session = الفترة المسائية
monitor-look-back = نظرة إلى الوراء
monitor-as-it-was = كما كان في { $time }
monitor-moment = اللحظة المعروضة
monitor-up-to = حتى الحدث { $seq }
monitor-not-whole = السجل الأقدم ما زال في الطريق إلى هنا.
monitor-back-to-now = عودة إلى الآن
monitor-read-only = هذا هو الماضي: عد إلى الآن لتفعل شيئاً.
monitor-missed = أثناء غيابك
monitor-missed-line = { $from } – { $to }، { $span }: { $n ->
    [one] حدث واحد
    [two] حدثان
    [few] { $n } أحداث
   *[other] { $n } حدثاً
}
monitor-missed-incidents = { $n } في الحوادث
monitor-missed-batches = { $n } في الدفعات والعهدة
monitor-missed-halls = { $n } في القاعات
monitor-missed-timetable = { $n } في الجدول
monitor-missed-show = اعرض في المراجعة
monitor-missed-seen = شوهد
monitor-mark-seen = علّم أنه شوهد
monitor-day-sums = مجاميع اليوم
monitor-view = العرض
monitor-order = الترتيب
monitor-order-plan = كما هو مخطط
monitor-order-need = الأشد حاجة أولاً
monitor-order-name = بالاسم
monitor-halls-that-are-on = القاعات الجارية
monitor-not-remembered = لا تتذكر هذه المحطة ما هو أبعد من ذلك. الخادم يتذكره.
monitor-replayed-in-order = أُعيد إرساله بالترتيب
monitor-sum-up = إجمال اليوم
monitor-sum-up-words = ما عُدّ باليد. إن اختلف عن السجل وجبت مراجعة الاثنين.
monitor-counted-registered = المرشحون المسجلون
monitor-counted-present = المرشحون الحاضرون
monitor-counted-scripts = الأوراق في العهدة
monitor-counted-missing = الأوراق المفقودة
monitor-day-summed = أُجمل اليوم
