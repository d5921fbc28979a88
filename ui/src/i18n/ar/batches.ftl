batches-choose-a-person = اختر شخصاً
batches-kept-on-this-station = { $title }: حُفظ في هذه المحطة
batches-cancel = إلغاء
batches-batch = دفعة
batches-batch-2 = دفعة { $batchQRCode }
batches-of-scripts = من { $present } ورقة
batches-last = الأخيرة { $time }
batches-script = ورقة { $n }
batches-of-scripts-are-in = { $isIn } من { $wanted } ورقة مستلمة
batches-not-sent-yet = لم يُرسل بعد
batches-refuse = رفض
batches-dispute = اعتراض
batches-held-by = لدى { $holder }
batches-offered-to = عُرضت على { $name }
batches-from = من { $time }
batches-by = قبل { $time }
batches-to-by = إلى { $name } قبل { $time }
batches-ends = تنتهي { $time }
batches-paper = المادة
batches-custody = العهدة
batches-scripts = الأوراق
batches-held-by-2 = لدى
batches-next = التالي
batches-today = { $count } اليوم
batches-batches = الدفعات
batches-view = العرض
batches-list = قائمة
batches-stages = مراحل
batches-no-batches-yet-they-are = لا دفعات بعد. تُنشأ عند نشر الجدول.
batches-handover-disputed = تسليم معترض عليه
batches-short = { $n ->
    [one] ورقة واحدة ناقصة
    [two] ورقتان ناقصتان
    [few] { $n } أوراق ناقصة
   *[other] { $n } ورقة ناقصة
}
batches-too-many = { $n ->
    [one] ورقة واحدة زائدة
    [two] ورقتان زائدتان
    [few] { $n } أوراق زائدة
   *[other] { $n } ورقة زائدة
}
batches-open-collection = فتح الجمع
batches-count-scripts-in = عدّ الأوراق
batches-declare-a-count = إعلان العدد
batches-seal-the-batch = ختم الدفعة
batches-open-the-seal = فتح الختم
batches-offer-a-handover = عرض تسليم
batches-accept-the-handover = قبول التسليم
batches-refuse-the-handover = رفض التسليم
batches-dispute-the-handover = الاعتراض على التسليم
batches-receive-the-batch = استلام الدفعة
batches-return-to-registry = إعادة إلى السجل
batches-begin-grading = بدء التصحيح
batches-grading-is-done = انتهى التصحيح
batches-archive = أرشفة
batches-field-count = الأوراق المعدودة
batches-field-seal = رقم الختم
batches-field-witness = الشاهد
batches-field-reason = السبب
batches-field-receiver = المستلم
batches-field-lecturer = المصحح
batches-do-declare = إعلان العدد
batches-do-seal = ختم الدفعة
batches-do-offer = عرض تسليم
batches-do-accept = قبول التسليم
batches-group-look = انظر في هذه
batches-group-halls = في القاعات
batches-group-sealed = مختومة
batches-group-transit = في النقل
batches-group-lecturers = لدى المصححين
batches-group-registry = عادت إلى السجل
batches-paper-custody = تصدير
batches-filter = تصفية
batches-scan = امسح رمزاً أو اكتبه
batches-none-fits = لا دفعة مطابقة.
batches-waits-for = لم تُستلم منذ { $span }
batches-on-its-way-for = في الطريق منذ { $span }
batches-print = تدوين الطباعة
batches-correct = تصحيح بيان الطباعة
batches-sign = التوقيع باستلام الأسئلة
batches-field-copies = نسخ المترشحين
batches-field-spare = نسخ احتياطية
batches-field-place = مكان الطباعة
batches-field-when = وقت الطباعة
batches-field-papers = الأسئلة المستلمة مع الاحتياطي
batches-print-room = المطبعة
batches-when-unreadable = اكتب الوقت هكذا: 2026-12-04T15:20.
batches-papers-received = استُلمت أسئلة { $course } وعُدّت: { $n }
batches-not-printed = لم تُطبع بعد
batches-not-noted = غير مدوّن
batches-direct = سُلّمت مباشرة
batches-printed-there = { $place }، { $copies } + { $spare } احتياطي
batches-printed-corrected = { $place }، { $copies } + { $spare } احتياطي، مُصحّح
batches-signed-for = وقّع { $name } باستلام { $n }
batches-signed = وقّع { $name }
batches-not-signed = لم يوقّع أحد باستلام الأسئلة
batches-row-by-row = صفاً صفاً، { $n } من { $m }
batches-n-of-m = { $n } من { $m }
batches-two-people = شخصان
batches-second-open = { $name } { $n }، العدّ الثاني لم يتم
batches-count-by = { $name } { $n }
batches-seal-to-come = رقم الختم والشاهد
batches-sealed-by = الختم { $seal }، { $people }
batches-every-step = كل الخطوات
batches-wanted-sealed = الختم قبل { $time }
batches-wanted-in-transit = الاستلام قبل { $time }
batches-wanted-returned = الإعادة قبل { $time }
