settings-lock = القفل والرقم السري
settings-lock-what = بعد خمس دقائق دون أحد تقفل المحطة نفسها. تُفتح بكلمة مرورك أو برقم سري، حتى دون الخادم، لثلاثة أيام.
settings-pin = رقم سري من ستة إلى اثني عشر رقمًا
settings-set-pin = تعيين الرقم السري
settings-no-pin = إزالة الرقم السري
settings-pin-set = الرقم السري سارٍ من الآن.
settings-pin-gone = لم يعد هناك رقم سري.
